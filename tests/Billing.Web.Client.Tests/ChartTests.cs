using Billing.Web.Client.Charts;
using Bunit;

namespace Billing.Web.Client.Tests;

public sealed class ChartTests : PageContext
{
    [Fact]
    public void The_table_behind_a_chart_has_every_row_and_its_exact_sums()
    {
        ChartRow[] rows = [.. Enumerable.Range(1, 12).Select(i => new ChartRow($"c{i}", ExactSum.Parse($"{i}.005"), ExactSum.Parse("1")))];
        IRenderedComponent<BarList> chart = Render<BarList>(p => p.Add(c => c.Title, "Category").Add(c => c.Rows, rows).Add(c => c.Currency, "USD").Add(c => c.Now, "June").Add(c => c.Before, "May"));
        Assert.Equal(12, chart.FindAll("tbody tr").Count);
        Assert.Equal(8, chart.FindAll("ul.bars > li").Count);
        Assert.Contains("12.005", chart.Find("tbody tr:last-child").TextContent, StringComparison.Ordinal);
        Assert.Contains("11.005", chart.Find("tbody tr:last-child").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", "0", "0")]
    [InlineData("10", "0", "100")]
    [InlineData("-10", "-10", "0")]
    public void A_scale_has_zero_on_it(string sum, string low, string place)
    {
        Scale scale = new([ExactSum.Parse(sum)], 100);
        Assert.Equal(decimal.Parse(low, System.Globalization.CultureInfo.InvariantCulture), scale.Low);
        Assert.Equal(decimal.Parse(place, System.Globalization.CultureInfo.InvariantCulture), scale.At(ExactSum.Parse(sum)));
    }

    [Fact]
    public void Sums_beyond_the_range_of_decimals_are_drawn_all_the_same() =>
        Assert.Equal(100, new Scale([ExactSum.Parse("1" + new string('0', 60))], 100).At(ExactSum.Parse("1" + new string('0', 60))));
}
