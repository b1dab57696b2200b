using System.Globalization;
using Billing.Core.Tests.Reading;
using Billing.Layouts;

namespace Billing.Core.Tests.Rows;

/// <summary>What an amount is in the end: its sign, its currency, its decimals, its fee. What can be read in two ways is stated or quarantined, never chosen.</summary>
public sealed class CertainAmountTests
{
    private static readonly SourceLayout Euro = new() { DefaultCurrency = "EUR" };

    [Theory]
    [InlineData("S", "H")]
    [InlineData("Soll", "Haben")]
    [InlineData("Af", "Bij")]
    [InlineData("D", "K")]
    [InlineData("D", "C")]
    [InlineData("DBIT", "CRDT")]
    [InlineData("debit", "credit")]
    [InlineData("DEBIT", "Credit")]
    [InlineData("Dr", "Cr.")]
    [InlineData("débit", "crédit")]
    [InlineData("cargo", "abono")]
    [InlineData("Dare", "Avere")]
    [InlineData("-", "+")]
    public void A_direction_column_gives_the_sign_where_the_layout_names_it(string debit, string credit)
    {
        string text = $"date,amount,dc\n2025-06-01,5.00,{debit}\n2025-06-02,7.00,{credit}\n2025-06-03,0.00,{debit}\n";
        Assert.Equal(["-5.00", "7.00", "0.00"], Amounts(text, Euro with { Direction = "dc" }));
        Assert.Equal(["5.00", "-7.00", "0.00"], Amounts(text, Euro with { Direction = "dc", DebitIsNegative = false }));
    }

    [Fact]
    public void Words_of_a_layout_are_the_only_ones()
    {
        SourceLayout layout = Euro with { Direction = "dc", DebitWords = ["WN"], CreditWords = ["Ma"] };
        Assert.Equal(["-5", "7", "bad_amount", "missing_value", "bad_amount"], Amounts("date,amount,dc\n2025-06-01,5,wn\n2025-06-02,7,MA.\n2025-06-03,1,debit\n2025-06-03,1,\n2025-06-04,-1,WN\n", layout));
    }

    [Theory]
    [InlineData("Soll/Haben", "S", "H")]
    [InlineData("Af Bij", "Af", "Bij")]
    [InlineData("Transaction Type", "debit", "credit")]
    [InlineData("D/C", "D", "C")]
    [InlineData("CdtDbtInd", "DBIT", "CRDT")]
    [InlineData("+/-", "-", "+")]
    [InlineData("anything", "debit", "credit")]
    public void A_word_that_contradicts_the_sign_is_quarantined_where_no_layout_speaks_of_it(string header, string debit, string credit)
    {
        string text = $"date,amount,{header}\n2025-06-01,7.00,{credit}\n2025-06-02,5.00,{debit}\n2025-06-03,-5.00,{debit}\n2025-06-04,-5.00,{credit}\n";
        Assert.Equal(["7.00", "bad_amount", "-5.00", "bad_amount"], Amounts(text, Euro));
        Assert.Contains("columns\": { \"direction\": ", ReadSource.Of(text, Euro).Rows[1].Fault!.Detail, StringComparison.Ordinal);
        Assert.Equal(["7.00", "5.00", "-5.00", "-5.00"], Amounts(text, Euro with { Direction = "" }));
    }

    [Fact]
    public void Columns_that_say_more_than_debit_and_credit_have_no_say() =>
        Assert.Equal(["5.00", "5.00"], Amounts("date,amount,kind,size\n2025-06-01,5.00,flour,S\n2025-06-02,5.00,debit,S\n", Euro));

    [Fact]
    public void Signed_debits_count_as_written_where_that_is_stated()
    {
        const string Text = "date,debit,credit\n2025-01-02,-70.55,\n2025-01-03,,1200.00\n2025-01-04,20.00,\n2025-01-05,,-3\n";
        SourceLayout layout = Euro with { Debit = "debit", Credit = "credit" };
        Assert.Equal(["bad_amount", "1200.00", "-20.00", "bad_amount"], Amounts(Text, layout));
        Assert.Equal(["-70.55", "1200.00", "20.00", "-3"], Amounts(Text, layout with { DebitsAreSigned = true }));
        Assert.Equal(["70.55", "1200.00", "-20.00", "-3"], Amounts(Text, layout with { DebitsAreSigned = false }));
        Assert.Contains("debitsAreSigned", ReadSource.Of(Text, layout).Rows[0].Fault!.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("30.00 USD", "EUR", QuarantineReason.CurrencyContradicted)]
    [InlineData("$30.00", "EUR", QuarantineReason.CurrencyContradicted)]
    [InlineData("€30.00", "USD", QuarantineReason.CurrencyContradicted)]
    [InlineData("30.00 kr", "EUR", QuarantineReason.CurrencyContradicted)]
    [InlineData("R$30.00", "USD", QuarantineReason.CurrencyContradicted)]
    [InlineData("US$30.00", "CAD", QuarantineReason.CurrencyContradicted)]
    [InlineData("30.00 GBp", "GBP", QuarantineReason.BadAmount)]
    [InlineData("$30.00", "CAD", "30.00")]
    [InlineData("US$30.00", "usd", "30.00")]
    [InlineData("30.00 kr", "NOK", "30.00")]
    [InlineData("£30.00", "EGP", "30.00")]
    [InlineData("¥30", "CNY", "30")]
    [InlineData("Rs. 30", "PKR", "30")]
    [InlineData("¤30", "PKR", "30")]
    public void A_currency_beside_the_amount_never_contradicts_the_rows(string amount, string currency, string expected)
    {
        SourceLayout layout = new() { Numbers = new NumberFormat { AllowCurrencySign = true } };
        Assert.Equal([expected], Amounts($"date,amount,currency\n2025-06-01,{amount},{currency}\n", layout));
        Assert.Equal([expected], Amounts($"date,amount\n2025-06-01,{amount}\n", layout with { DefaultCurrency = currency }));
        Assert.Equal([expected], Amounts($"date,debit,credit\n2025-06-01,,{amount}\n", layout with { DefaultCurrency = currency, Debit = "debit", Credit = "credit" }));
    }

    [Theory]
    [InlineData("Amount (EUR)", "EUR")]
    [InlineData("Amount(GBP)", "GBP")]
    [InlineData("Betrag in EUR", "EUR")]
    [InlineData("Betrag EUR", "EUR")]
    [InlineData("Umsatz [EUR]", "EUR")]
    [InlineData("Montant (€)", "EUR")]
    [InlineData("amount_usd", null)]
    [InlineData("Amount ($)", null)]
    [InlineData("Amount (Foreign Currency)", null)]
    [InlineData("Total", null)]
    [InlineData("net (USD, EUR)", null)]
    public void A_header_names_its_currency(string header, string? code) => Assert.Equal(code, HeaderCurrency.Of(header));

    [Fact]
    public void The_currency_of_the_header_counts_where_there_is_no_other_and_is_never_overruled()
    {
        Assert.Equal(["EUR 5"], Rows("date,Amount (EUR),Type Foreign Currency\n2025-06-01,5,USD\n", SourceLayout.Default));
        Assert.Equal(["currency_contradicted"], Rows("date,Amount (EUR),currency\n2025-06-01,5,USD\n", SourceLayout.Default));
        Assert.Equal(["currency_contradicted"], Rows("date,Amount (EUR)\n2025-06-01,5\n", new SourceLayout { DefaultCurrency = "USD" }));
        Assert.Equal(["EUR 5"], Rows("date,Amount (EUR),currency\n2025-06-01,5,eur\n", SourceLayout.Default).Select(row => row.ToUpperInvariant()));
    }

    [Theory]
    [InlineData("14.550", "bad_amount")]
    [InlineData("-1.000", "bad_amount")]
    [InlineData("+999.999", "bad_amount")]
    [InlineData("0.004", "0.004")]
    [InlineData("1234.567", "1234.567")]
    [InlineData("14.55", "14.55")]
    [InlineData("14.5500", "14.5500")]
    public void A_number_that_may_be_thousands_needs_a_stated_format(string amount, string expected)
    {
        string text = $"date,amount,currency\n2025-06-01,{amount},EUR\n";
        Assert.Equal([expected], Amounts(text, SourceLayout.Default));
        Assert.Equal([amount.TrimStart('+')], Amounts(text, new SourceLayout { Numbers = NumberFormat.Invariant }));
        Assert.Equal([amount.TrimStart('+')], Amounts(text.Replace("EUR", "KWD", StringComparison.Ordinal), SourceLayout.Default));
        Assert.Equal([amount.TrimStart('+')], Amounts($"{{\"date\":\"2025-06-01\",\"amount\":{amount.TrimStart('+')},\"currency\":\"EUR\"}}\n", SourceLayout.Default));
    }

    [Fact]
    public void A_fee_counts_as_stated_and_is_never_passed_over()
    {
        const string Text = "date,amount,fee\n2025-06-01,-3713.36,37.13\n2025-06-02,200.00,0.00\n2025-06-03,5,\n";
        Assert.Equal(["bad_amount", "200.00", "5"], Amounts(Text, Euro));
        Assert.Equal(["-3750.49", "200.00", "5"], Amounts(Text, Euro with { Fee = "fee" }));
        Assert.Equal(["-3713.36", "200.00", "5"], Amounts(Text, Euro with { Fee = "" }));
        Assert.Equal(["1491.06"], Amounts("date,Brutto,Entgelt\n2025-06-01,1560.00,-68.94\n", Euro with { Amount = "Brutto", Fee = "Entgelt", FeeIsSigned = true }));
        Assert.Equal(["1491.06"], Amounts("date,Brutto,Entgelt,Netto\n2025-06-01,1560.00,-68.94,1491.06\n", Euro with { Amount = "Netto" }));
    }

    [Theory]
    [InlineData("9999999999999999999999999999", "0.01", QuarantineReason.AmountOutOfRange)]
    [InlineData("79228162514264337593543950000", "-79228162514264337593543950000", QuarantineReason.AmountOutOfRange)]
    [InlineData("10.00", "0.5", "9.50")]
    public void A_fee_is_never_rounded_away(string amount, string fee, string expected) =>
        Assert.Equal([expected], Amounts($"date,amount,fee\n2025-06-01,{amount},{fee}\n", Euro with { Fee = "fee" }));

    [Fact]
    public void A_fee_that_is_no_number_of_the_format_is_not_passed_over() =>
        Assert.Equal(["bad_amount", "5", "5"], Amounts("date;amount;fee\n2025-06-01;5;2,50\n2025-06-02;5;-\n2025-06-03;5;free\n", Euro));

    [Fact]
    public void Kinds_of_bookings_are_no_directions_under_a_header_that_does_not_say_so()
    {
        const string Text = "date,amount,kind\n2025-06-01,5,Expense\n2025-06-02,5,expense\n";
        Assert.Equal(["5", "5"], Amounts(Text, Euro));
        Assert.Equal(["bad_amount", "bad_amount"], Amounts(Text.Replace("kind", "transaction type", StringComparison.Ordinal), Euro));
    }

    [Theory]
    [InlineData("1999", "USD", "19.99")]
    [InlineData("500", "jpy", "500")]
    [InlineData("1234", "KWD", "1.234")]
    [InlineData("-5", "EUR", "-0.05")]
    [InlineData("19.99", "EUR", QuarantineReason.BadAmount)]
    [InlineData("5", "XAU", QuarantineReason.UnknownCurrency)]
    [InlineData("5", "ABC", QuarantineReason.UnknownCurrency)]
    public void Minor_units_are_those_of_the_currency(string amount, string currency, string expected) =>
        Assert.Equal([expected], Amounts($"{{\"date\":\"2025-06-01\",\"amount\":{amount},\"currency\":\"{currency}\"}}\n", new SourceLayout { MinorUnits = true }));

    private static IEnumerable<string> Amounts(string text, SourceLayout layout) => ReadSource.Of(text, layout).Rows
        .Select(row => row.Fault?.Reason ?? row.Amount!.Value.ToString(CultureInfo.InvariantCulture));

    private static IEnumerable<string> Rows(string text, SourceLayout layout) => ReadSource.Of(text, layout).Rows
        .Select(row => row.Fault?.Reason ?? string.Create(CultureInfo.InvariantCulture, $"{row.CurrencyCode} {row.Amount}"));
}
