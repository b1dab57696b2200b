using System.Text;
using Billing.Fingerprints;

namespace Billing.Core.Tests.Fingerprints;

public sealed class CanonicalFormTests
{
    [Fact]
    public void Every_field_has_its_line_in_a_fixed_order()
    {
        RecordContent content = new()
        {
            Date = new DateOnly(2025, 6, 17),
            Instant = new DateTimeOffset(2025, 6, 17, 11, 30, 0, TimeSpan.FromHours(2)),
            Id = "INV-7",
            Party = "Caf\u00E9 Z\u00FCrich",
            Account = "payer-1",
            Description = " Flour, 25 kg ",
            Amount = -1250.50m,
            Currency = "CHF",
            Attributes = [("country", "CH"), ("city", "Z\u00FCrich"), ("note", null), ("empty", "")],
        };

        Assert.Equal(
            """
            billing.record.v2
            date 10:2025-06-17
            instant 28:2025-06-17T09:30:00.0000000Z
            id 5:INV-7
            party 13:Café Zürich
            account 7:payer-1
            description 12:Flour, 25 kg
            amount 7:-1250.5
            currency 3:CHF
            @4:city 7:Zürich
            @7:country 2:CH

            """,
            content.ToText());
    }

    [Theory]
    [InlineData(0, 0, "0")]
    [InlineData(0, 28, "0")]
    [InlineData(1250, 2, "12.5")]
    [InlineData(100, 0, "100")]
    [InlineData(10000, 2, "100")]
    [InlineData(1, 28, "0.0000000000000000000000000001")]
    public void Amounts_are_plain_and_without_trailing_zeros(int unscaled, byte scale, string expected)
    {
        Assert.Contains($"\namount {expected.Length}:{expected}\n", new RecordContent { Amount = new decimal(unscaled, 0, 0, false, scale) }.ToText(), StringComparison.Ordinal);
        string negative = unscaled == 0 ? expected : "-" + expected;
        Assert.Contains($"\namount {negative.Length}:{negative}\n", new RecordContent { Amount = new decimal(unscaled, 0, 0, true, scale) }.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_largest_amounts_keep_all_their_digits()
    {
        Assert.Contains("amount 29:79228162514264337593543950335\n", new RecordContent { Amount = decimal.MaxValue }.ToText(), StringComparison.Ordinal);
        Assert.Contains("amount 31:-7.9228162514264337593543950335\n", new RecordContent { Amount = -7.9228162514264337593543950335m }.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Blank_texts_and_blank_attributes_are_absent()
    {
        string text = new RecordContent { Party = " \t", Description = "\u3000", Id = "", Attributes = [("a", " "), ("b", null)] }.ToText();

        Assert.Equal("billing.record.v2\ndate 10:2025-06-17\namount 4:12.5\ncurrency 3:USD\n", text);
    }

    [Fact]
    public void Attributes_are_ordered_by_the_bytes_of_their_names_not_by_culture_or_length()
    {
        RecordContent content = new() { Attributes = [("\U0001F355", "6"), ("\uFF41", "5"), ("zz", "3"), ("a", "1"), ("B", "2"), ("\u00E4", "4")] };

        string[] names = [.. CanonicalFormReader.Read(content.ToBytes()).Where(field => field.Name[0] == '@').Select(field => field.Name[1..])];

        Assert.Equal(["a", "b", "zz", "\u00E4", "\uFF41", "\U0001F355"], names);
    }

    [Fact]
    public void Names_that_become_one_by_composition_keep_both_values_whatever_their_order()
    {
        RecordContent content = new() { Attributes = [("e\u0301", "1"), ("\u00E9", "2")] };
        RecordContent turned = new() { Attributes = [("\u00E9", "2"), ("e\u0301", "1")] };
        RecordContent exchanged = new() { Attributes = [("e\u0301", "2"), ("\u00E9", "1")] };

        Assert.EndsWith("@2:\u00E9 1:1\n@2:\u00E9 1:2\n", content.ToText(), StringComparison.Ordinal);
        Assert.Equal(content.ToBytes(), turned.ToBytes());
        Assert.NotEqual(content.ToBytes(), exchanged.ToBytes());
    }

    [Fact]
    public void An_array_of_names_that_changes_is_not_taken_for_what_it_was()
    {
        string[] names = ["a", "b"];
        BillingRecord record = With(new RecordAttributes(names, ["1", "2"]));
        Assert.EndsWith("@1:a 1:1\n@1:b 1:2\n", Text(record), StringComparison.Ordinal);

        names[0] = "c";

        Assert.EndsWith("@1:a 1:1\n@1:b 1:2\n", Text(record), StringComparison.Ordinal);
        Assert.EndsWith("@1:b 1:2\n@1:c 1:1\n", Text(With(new RecordAttributes(names, ["1", "2"]))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_form_that_fails_leaves_nothing_in_the_next_one()
    {
        FormBuffer buffer = new();
        RecordContent good = new();
        Assert.Throws<ArgumentException>(() => CanonicalForm.Write((good with { Description = "\ud800" }).ToRow(), SomeCurrency.Usd, buffer));
        CanonicalForm.Write(good.ToRow(), SomeCurrency.Usd, buffer);
        Assert.Equal(good.ToBytes(), buffer.Written.ToArray());
    }

    [Fact]
    public void Many_shapes_in_turn_each_keep_their_own_order()
    {
        for (int round = 0; round < 3; round++)
        {
            for (int shape = 0; shape < 20; shape++)
            {
                string name = $"name {shape:00}";
                RecordContent content = new() { Attributes = [(name, "2"), ("a", "1")] };
                Assert.EndsWith($"@1:a 1:1\n@7:{name} 1:2\n", content.ToText(), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_lone_surrogate_is_refused_by_the_name_of_its_field()
    {
        foreach (string text in new[] { "a\uD83Cb", "\uDF55", "\u00E9\uD83C", "e\u0301\uDF55\uD83C" })
        {
            Assert.Contains("'party'", Refusal(new RecordContent { Party = text }), StringComparison.Ordinal);
            Assert.Contains("'description'", Refusal(new RecordContent { Description = text }), StringComparison.Ordinal);
            Assert.Contains("'tag'", Refusal(new RecordContent { Attributes = [("a", "1"), ("tag", text)] }), StringComparison.Ordinal);
            Assert.Contains("lone surrogate", Refusal(new RecordContent { Attributes = [(text, "1")] }), StringComparison.Ordinal);
        }

        static string Refusal(RecordContent content) => Assert.Throws<ArgumentException>(content.ToBytes).Message;
    }

    [Fact]
    public void A_row_without_an_amount_is_refused_by_its_line()
    {
        Billing.Rows.ParsedRow row = new RecordContent().ToRow();
        row.Amount = null;

        ArgumentException refusal = Assert.Throws<ArgumentException>(() => CanonicalForm.Write(row, SomeCurrency.Usd, new FormBuffer()));

        Assert.Contains("line 2", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_of_ascii_is_written_without_an_allocation()
    {
        Billing.Rows.ParsedRow row = new RecordContent
        {
            Instant = DateTimeOffset.UnixEpoch,
            Attributes = [("country", "US"), ("city", "Boston"), ("note", null)],
        }.ToRow();
        FormBuffer buffer = new();
        CanonicalForm.Write(row, SomeCurrency.Usd, buffer);

        Assert.Equal(0, Allocations.OfMany(() =>
        {
            buffer.Drop();
            CanonicalForm.Write(row, SomeCurrency.Usd, buffer);
        }));
    }

    private static BillingRecord With(RecordAttributes attributes) => new()
    {
        Key = default,
        Fingerprint = default,
        Date = new DateOnly(2025, 6, 17),
        Amount = new Money(1m, SomeCurrency.Usd),
        ReportingAmount = new Money(1m, SomeCurrency.Usd),
        Attributes = attributes,
        Source = default,
        RunId = "run-1",
    };

    private static string Text(BillingRecord record)
    {
        FormBuffer buffer = new();
        CanonicalForm.Write(record, buffer);
        return Encoding.UTF8.GetString(buffer.Written);
    }
}
