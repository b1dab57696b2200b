using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Core.Tests.Layouts;

public sealed class LayoutValueTests
{
    private static readonly Gen<string?> Column = Gen.OneOf(Gen.Constant<string?>(null), Gen.Constant<string?>(""));

    private static readonly Arbitrary<SourceLayout> AnyLayout = (
        from date in Gen.OneOf(Column, Gen.Elements<string?>("bill_date", "#1", "Größe \"x\"", "日付", "a\tb"))
        from amount in Gen.OneOf(Column, Gen.Elements<string?>("amount", "#2"))
        from debit in Column
        from party in Gen.OneOf(Column, Gen.Elements<string?>("company", "</script>"))
        from scope in Gen.OneOf(Column, Gen.Elements<string?>("company", "owner"))
        from truths in Gen.Elements(true, false).ArrayOf(7)
        from texts in Gen.Elements("NULL", "\\N", "N/A", "", "ünïcode", "\u2028", "😀").ArrayOf()
        from formats in Gen.Elements("yyyy-MM-dd", "dd.MM.yyyy", "d MMM ''yy", "MM/dd/yyyy").ArrayOf()
        from required in Gen.Elements("product_line", "#3", "a,b").ArrayOf()
        from mark in Gen.Elements('.', ',')
        from groups in Gen.Elements("", "'", " ", "_", "' \u00A0\u2019")
        from zone in Gen.Elements<string?>(null, "UTC", "Pacific/Auckland")
        from currency in Gen.Elements<string?>(null, "USD", "eur")
        from separator in Gen.Elements<char?>(null, ',', ';', '\t', '|', '^', ' ')
        from quote in Gen.Elements('"', '\'', '`')
        from encoding in Gen.Elements<string?>(null, "utf-8", "windows-1252")
        from skip in Gen.Choose(0, int.MaxValue)
        from bytes in Gen.Choose(1024, 64 * 1024 * 1024)
        from identity in Gen.Elements(null, RecordIdentity.Content, RecordIdentity.Position, RecordIdentity.Columns("a"), RecordIdentity.Columns("a", " b,c"))
        select new SourceLayout
        {
            Name = "layout",
            Date = date,
            Amount = amount,
            Debit = debit,
            Party = party,
            Scope = scope,
            DebitIsNegative = truths[0],
            NegateAmounts = truths[1],
            HasHeader = truths[2],
            Numbers = new NumberFormat { DecimalMark = mark, GroupSeparators = groups, AllowParentheses = truths[3], AllowTrailingMinus = truths[4], AllowExponent = truths[5], AllowCurrencySign = truths[6] },
            NullValues = texts,
            DateFormats = formats,
            Required = required,
            TimeZone = zone,
            DefaultCurrency = currency,
            Separator = separator,
            Quote = quote,
            Encoding = encoding,
            SkipRows = skip,
            MaxRecordBytes = bytes,
            Identity = identity,
        }).ToArbitrary();

    [Fact]
    public void Every_layout_comes_back_from_its_file() => Check.QuickThrowOnFailure(Prop.ForAll(AnyLayout, layout =>
    {
        SourceLayout again = SourceLayout.Parse(layout.ToJson());
        Assert.Equivalent(layout, again, strict: true);
        return again.Equals(layout) && again.GetHashCode() == layout.GetHashCode();
    }));

    [Fact]
    public void Layouts_are_equal_when_they_say_the_same()
    {
        SourceLayout one = new() { NullValues = ["NULL"], DateFormats = ["dd.MM.yyyy"], Identity = RecordIdentity.Columns("id") };
        SourceLayout same = new() { NullValues = ["NULL"], DateFormats = ["dd.MM.yyyy"], Identity = RecordIdentity.Columns("id") };

        Assert.Equal(one, same);
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(one, same with { NullValues = ["null"] });
        Assert.NotEqual(one, same with { Identity = RecordIdentity.Columns("no") });
        Assert.NotEqual(one, same with { Id = "" });
        Assert.NotEqual(one, same with { Name = "bills.json" });
    }

    [Fact]
    public void A_layout_in_code_is_checked_as_a_file_is()
    {
        SourceLayout layout = new() { Name = "bills", MaxRecordBytes = 1 };

        BillingConfigurationException exception = Assert.Throws<BillingConfigurationException>(layout.Validate);

        Assert.Equal("The layout 'bills' is wrong in maxRecordBytes: 1 bytes are not a valid limit for a record. Use 1024 (1 KiB) to 67108864 (64 MiB).", exception.Message);
    }

    [Fact]
    public void A_pipeline_refuses_an_impossible_layout_when_it_is_wired() =>
        Assert.Throws<BillingConfigurationException>(() => new ServiceCollection().AddBilling(billing => billing
            .UseLayout(new SourceLayout { Numbers = new NumberFormat { DecimalMark = ',', GroupSeparators = "," } })
            .AddSink(new MemorySink())));
}
