using System.Globalization;
using Billing.Web.Client.Importing;

namespace Billing.Web.Client.Tests;

public sealed class ExpectedFiguresTests
{
    private static readonly CultureInfo s_german = CultureInfo.GetCultureInfo("de-DE");

    [Fact]
    public void Nothing_typed_states_nothing() => Assert.Null(new ExpectedFigures().Read(s_german).Totals);

    [Fact]
    public void Figures_are_read_in_the_notation_of_the_reader()
    {
        (StatedTotals? totals, _) = new ExpectedFigures { Rows = "1.200", Total = "8.415,84", Opening = "100", Closing = "-5,5", Currency = "eur" }.Read(s_german);
        Assert.Equal(StatedTotals.Parse("rows=1200,total:EUR=8415.84,opening:EUR=100,closing:EUR=-5.5"), totals);
    }

    [Theory]
    [InlineData("1.234")]
    [InlineData("12 50")]
    public void A_sum_that_can_be_read_in_two_ways_is_no_statement(string typed)
    {
        (StatedTotals? totals, IReadOnlyList<string> faults) = new ExpectedFigures { Total = typed }.Read(s_german);
        Assert.Null(totals);
        Assert.Equal(["total"], faults);
    }

    [Theory]
    [InlineData("rows", "12,5", "")]
    [InlineData("rows", "-1", "")]
    [InlineData("rows", "99999999999999999999", "")]
    [InlineData("currency", "1", "EURO")]
    public void What_cannot_be_read_names_its_field_and_states_nothing(string field, string rows, string currency)
    {
        (StatedTotals? totals, IReadOnlyList<string> faults) = new ExpectedFigures { Rows = rows, Currency = currency }.Read(s_german);
        Assert.Null(totals);
        Assert.Equal([field], faults);
    }
}
