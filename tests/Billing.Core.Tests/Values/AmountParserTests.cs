using System.Globalization;
using System.Text;
using Billing.Values;

namespace Billing.Core.Tests.Values;

public sealed class AmountParserTests
{
    private static readonly NumberFormat German = new() { DecimalMark = ',', GroupSeparators = "." };
    private static readonly NumberFormat English = new() { GroupSeparators = "," };
    private static readonly NumberFormat French = new() { DecimalMark = ',', GroupSeparators = " " };
    private static readonly NumberFormat Swiss = new() { GroupSeparators = "'" };
    private static readonly NumberFormat Mixed = new() { GroupSeparators = ", '" };
    private static readonly NumberFormat Signed = new() { GroupSeparators = ",", AllowParentheses = true, AllowTrailingMinus = true, AllowCurrencySign = true };

    public static TheoryData<string, string, string> Amounts => new()
    {
        // Point, no grouping
        { "plain", "1234.56", "1234.56" },
        { "plain", "0", "0" },
        { "plain", "-5", "-5" },
        { "plain", "+5", "5" },
        { "plain", "\u22125.25", "-5.25" },
        { "plain", "1.50", "1.50" },
        { "plain", ".5", "0.5" },
        { "plain", "-.5", "-0.5" },
        { "plain", "007", "7" },
        { "plain", "-0.00", "0.00" },
        { "plain", "  12.50\t", "12.50" },
        { "plain", "\u00A012.50\u202F", "12.50" },
        { "plain", "0.00000080000", "0.00000080000" },
        { "plain", "1.81E-8", "0.0000000181" },
        { "plain", "1.50e1", "15.0" },
        { "plain", "2E+3", "2000" },
        { "plain", "1E28", "10000000000000000000000000000" },
        { "plain", "0E999999999", "0" },
        { "plain", "99999999999.99", "99999999999.99" },
        { "plain", "9999999999999999999", "9999999999999999999" },
        { "plain", "12345678901234567890.12", "12345678901234567890.12" },
        { "plain", "9999999999999999999999999999", "9999999999999999999999999999" },
        { "plain", "0.0000000000000000000000000001", "0.0000000000000000000000000001" },
        { "plain", "10000000000000000000000000000", "10000000000000000000000000000" },
        { "plain", "0000000000000000000000000000000000000012.50", "12.50" },
        { "plain", "12.500000000000000000000000000000000000", "12.500000000000000000000000000" },
        { "plain", "1000000000000000000000000000.00000", "1000000000000000000000000000.0" },

        { "plain", "- 5", "-5" },
        { "plain", "\u200E-5.00\u200F", "-5.00" },
        { "plain", "\u20665.00\u2069", "5.00" },
        { "plain", "=\"123.45\"", "123.45" },
        { "signed", "EURO 5", "5" },
        { "signed", "5 Euro", "5" },
        { "signed", "+ £1,100.00", "1100.00" },
        { "signed", "1,234.50 kr", "1234.50" },
        { "signed", "12.00 zł", "12.00" },
        { "signed", "R$ 1,234.56", "1234.56" },
        { "signed", "US$5", "5" },
        { "signed", "Rs. 5.00", "5.00" },
        { "signed", "- CHF 5.00", "-5.00" },
        { "indian", "1,23,456.00", "123456.00" },
        { "indian", "12,34,56,789", "123456789" },
        { "indian", "99,999.5", "99999.5" },
        { "dr", "5.00 DR", "-5.00" },
        { "dr", "5.00CR", "5.00" },
        { "dr", "Dr. 5.00", "-5.00" },
        { "dr", "13.37 S", "-13.37" },
        { "french", "1\u2009234,56", "1234.56" },
        { "french", "1\u2007234,56", "1234.56" },

        // Grouping
        { "english", "1,234.56", "1234.56" },
        { "english", "1,234,567", "1234567" },
        { "english", "1234567.89", "1234567.89" },
        { "english", "-12,345.6", "-12345.6" },
        { "german", "1.234,56", "1234.56" },
        { "german", "1.234.567,8", "1234567.8" },
        { "german", "12,50", "12.50" },
        { "german", "1.234", "1234" },
        { "french", "1 234,56", "1234.56" },
        { "french", "1\u00A0234,56", "1234.56" },
        { "french", "1\u202F234\u00A0567,89", "1234567.89" },
        { "swiss", "1'234.50", "1234.50" },
        { "swiss", "1\u2019234.50", "1234.50" },
        { "mixed", "1'234'567.50", "1234567.50" },

        // Signs of accountants
        { "signed", "(5.00)", "-5.00" },
        { "signed", "(1,234.50)", "-1234.50" },
        { "signed", "5-", "-5" },
        { "signed", "5.25\u2212", "-5.25" },
        { "signed", "$5.00", "5.00" },
        { "signed", "-$5.00", "-5.00" },
        { "signed", "$-5.00", "-5.00" },
        { "signed", "($5.00)", "-5.00" },
        { "signed", "$(5.00)", "-5.00" },
        { "signed", "5.00 €", "5.00" },
        { "signed", "5.00\u00A0€", "5.00" },
        { "signed", "EUR 5.00", "5.00" },
        { "signed", "USD1,234.50", "1234.50" },
        { "signed", "5.00 CHF", "5.00" },
        { "signed", "5EUR", "5" },
        { "signed", "₹ 5", "5" },
        { "signed", "5.00- EUR", "-5.00" },
        { "signed", "(5.00) EUR", "-5.00" },
    };

    public static TheoryData<string, string> NoAmounts => new()
    {
        { "plain", "abc" },
        { "plain", "NaN" },
        { "plain", "Infinity" },
        { "plain", "-∞" },
        { "plain", "0x1F" },
        { "plain", "5." },
        { "plain", "." },
        { "plain", "-" },
        { "plain", "+-5" },
        { "plain", "--5" },
        { "plain", "1.2.3" },
        { "plain", "1,234.56" },
        { "plain", "12,50" },
        { "plain", "1 234" },
        { "plain", "(5.00)" },
        { "plain", "5-" },
        { "plain", "$5" },
        { "plain", "5 EUR" },
        { "plain", "1E" },
        { "plain", "E5" },
        { "plain", "1E5.5" },
        { "plain", "1_000" },
        { "plain", "5%" },
        { "plain", "٣٤" },
        { "plain", "５" },
        { "plain", "5\0" },
        { "english", "12,50" },
        { "english", "1,2345" },
        { "english", "1234,567" },
        { "english", "12,34,567" },
        { "english", ",123" },
        { "english", "1,,234" },
        { "english", "1,234," },
        { "english", "1,234." },
        { "english", "1.234,567" },
        { "english", "1.5,000" },
        { "english", "0,500" },
        { "english", "1,234E2" },
        { "german", "1234.56" },
        { "german", "1.23" },
        { "german", "12.50,00" },
        { "mixed", "1,234'567" },
        { "mixed", "1 234,567" },
        { "french", "1  234" },
        { "signed", "(-5)" },
        { "signed", "-(5)" },
        { "signed", "(5" },
        { "signed", "5)" },
        { "signed", "-5-" },
        { "signed", "(5)-" },
        { "signed", "5+" },
        { "signed", "$5€" },
        { "signed", "$" },
        { "signed", "EUX 5" },
        { "signed", "5 GBp" },
        { "signed", "5 DR" },
        { "english", "1,23,456.00" },
        { "indian", "123,456.00" },
        { "indian", "1,2,345.00" },
        { "dr", "-5 DR" },
        { "signed", "5 5" },
        { "exact", "1.81E-8" },
    };

    public static TheoryData<string> OutOfRange =>
    [
        "12345678901234567890123456789",
        "79228162514264337593543950335",
        "1.2345678901234567890123456789",
        "-0.12345678901234567890123456789",
        "90000000000000000000000000000",
        "100000000000000000000000000000",
        "0.00000000000000000000000000001",
        "1E29",
        "1E-29",
        "5E999999999999999999999",
        "5E-999999999999999999999",
    ];

    [Theory]
    [MemberData(nameof(Amounts))]
    public void An_amount_of_the_format_is_read_exactly_and_keeps_its_scale(string format, string text, string expected)
    {
        RowFault? fault = Parse(text, Format(format), out decimal amount);

        Assert.Null(fault);
        Assert.Equal(expected, amount.ToString(CultureInfo.InvariantCulture));
        Assert.False(amount == 0 && decimal.IsNegative(amount), "zero has no sign");
    }

    [Theory]
    [MemberData(nameof(NoAmounts))]
    public void What_the_format_does_not_allow_is_no_amount(string format, string text)
    {
        RowFault? fault = Parse(text, Format(format), out decimal amount);

        Assert.Equal(QuarantineReason.BadAmount, fault?.Reason);
        Assert.Equal(0, amount);
    }

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void An_amount_that_a_decimal_does_not_hold_exactly_is_refused_and_not_rounded(string text)
    {
        RowFault? fault = Parse(text, NumberFormat.Invariant, out decimal amount);

        Assert.Equal(QuarantineReason.AmountOutOfRange, fault?.Reason);
        Assert.Equal(0, amount);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\u00A0\t")]
    public void An_empty_amount_is_a_missing_value(string text)
    {
        RowFault? fault = Parse(text, NumberFormat.Invariant, out _);

        Assert.Equal(QuarantineReason.MissingValue, fault?.Reason);
        Assert.Contains("'price'", fault!.Detail);
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_no_amount()
    {
        RowFault? fault = AmountParser.Parse([0x31, 0xFF, 0x32], Signed, "price", out _);

        Assert.Equal(QuarantineReason.BadAmount, fault?.Reason);
    }

    [Fact]
    public void The_detail_names_column_text_format_and_remedy()
    {
        RowFault? plain = Parse("1.234,56", NumberFormat.Invariant, out _);
        RowFault? german = Parse("1,234.56", German, out _);

        Assert.Equal("Column 'price': '1.234,56' is not an amount in the format 1234.56 (decimal mark '.', no grouping). Set numbers in the layout.", plain?.Detail);
        Assert.Equal("Column 'price': '1,234.56' is not an amount in the format 1.234,56 (decimal mark ',', groups of three digits separated by '.'). Set numbers in the layout.", german?.Detail);
    }

    [Fact]
    public void The_detail_quotes_at_most_40_characters_and_no_control_characters()
    {
        RowFault? fault = Parse("a\u0007" + new string('é', 100), NumberFormat.Invariant, out _);

        Assert.Contains("'a " + new string('é', 38) + "...'", fault!.Detail);
    }

    private static RowFault? Parse(string text, NumberFormat format, out decimal amount) =>
        AmountParser.Parse(Encoding.UTF8.GetBytes(text), format, "price", out amount);

    private static NumberFormat Format(string name) => name switch
    {
        "plain" => NumberFormat.Invariant,
        "english" => English,
        "german" => German,
        "french" => French,
        "swiss" => Swiss,
        "mixed" => Mixed,
        "signed" => Signed,
        "indian" => English with { IndianGroups = true },
        "dr" => new NumberFormat { AllowDebitCredit = true },
        "exact" => new NumberFormat { AllowExponent = false },
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such format"),
    };
}
