using System.Globalization;
using Billing.Values;

namespace Billing.Core.Tests.Values;

public sealed class ExactDecimalTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("-0.00e0", "0.00")]
    [InlineData("0.75", "0.75")]
    [InlineData("-12.50", "-12.50")]
    [InlineData("1e3", "1000")]
    [InlineData("1.25E+2", "125")]
    [InlineData("125e-4", "0.0125")]
    [InlineData("0012", "12")]
    [InlineData("9999999999999999999999999999", "9999999999999999999999999999")]
    [InlineData("-0.0000000000000000000000000001", "-0.0000000000000000000000000001")]
    [InlineData("1.0000000000000000000000000000000000", "1.000000000000000000000000000")]
    [InlineData("0.00000000000000000000000000000000000e5", "0.0000000000000000000000000000")]
    public void Numbers_that_fit_are_read_exactly_and_keep_their_scale(string text, string expected)
    {
        Assert.True(ExactDecimal.TryParse(text, out decimal value));
        Assert.Equal(expected, value.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("+1")]
    [InlineData("--1")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1,5")]
    [InlineData("1.5.5")]
    [InlineData("1e")]
    [InlineData("e5")]
    [InlineData("1e999999999999")]
    [InlineData("NaN")]
    [InlineData("٣")]
    [InlineData("0x10")]
    [InlineData("10000000000000000000000000001.5")]
    [InlineData("99999999999999999999999999999")]
    [InlineData("0.00000000000000000000000000001")]
    [InlineData("1e29")]
    public void Everything_else_is_refused_instead_of_rounded(string text) =>
        Assert.False(ExactDecimal.TryParse(text, out _));

    [Fact]
    public void A_text_of_any_length_costs_little() =>
        Assert.False(ExactDecimal.TryParse(new string('9', 1_000_000), out _));
}
