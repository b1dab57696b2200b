using Billing.Console.Views;

namespace Billing.Console.Tests.Views;

public sealed class FiguresTests
{
    [Theory]
    [InlineData("0", "USD", "0.00")]
    [InlineData("-0.5", "USD", "-0.50")]
    [InlineData("999", "USD", "999.00")]
    [InlineData("1000", "USD", "1,000.00")]
    [InlineData("-1234567.8", "USD", "-1,234,567.80")]
    [InlineData("20.52022672899", "USD", "20.52022672899")]
    [InlineData("1234", "JPY", "1,234")]
    [InlineData("1.5", "KWD", "1.500")]
    [InlineData("980", "ABC", "980.00")]
    [InlineData("980", "", "980.00")]
    [InlineData("79228162514264337593543950335123456789", "USD", "79,228,162,514,264,337,593,543,950,335,123,456,789.00")]
    public void Every_digit_is_shown_in_groups_of_three_with_the_minor_units_at_least(string sum, string currency, string expected) =>
        Assert.Equal(expected, Figures.Amount(ExactSum.Parse(sum), currency));

    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(999, "999 bytes")]
    [InlineData(1_300, "1.3 kB")]
    [InlineData(2_000_000_000, "2.0 GB")]
    [InlineData(5_000_000_000_000_000, "5000.0 TB")]
    public void Bytes_are_shown_in_the_largest_unit(long bytes, string expected) => Assert.Equal(expected, Figures.Bytes(bytes));
}
