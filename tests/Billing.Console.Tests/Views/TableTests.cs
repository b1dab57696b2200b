using System.Text;
using Billing.Console.Views;
using Spectre.Console;
using Table = Billing.Console.Views.Table;

namespace Billing.Console.Tests.Views;

public sealed class TableTests
{
    [Theory]
    [InlineData(60)]
    [InlineData(34)]
    [InlineData(32)]
    [InlineData(28)]
    [InlineData(26)]
    public void A_table_gives_way_in_a_fixed_order_and_never_wraps(int width)
    {
        string text = Render(width);
        Assert.All(text.Split('\n'), line =>
        {
            Assert.True(line.GetCellWidth() <= width, $"'{line}' is wider than {width}");
            Assert.Equal(line.TrimEnd(), line);
        });
        GoldenFile.Check($"table-{width}.txt", text);
    }

    [Fact]
    public void A_narrow_table_keeps_every_number_whole()
    {
        for (int width = 26; width < 80; width++)
        {
            string text = Render(width);
            Assert.Contains("1,234.50", text, StringComparison.Ordinal);
            Assert.Contains("20.52022672899", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("billing_data_bakery_june_2025.csv", 20, "billing_da…_2025.csv")]
    [InlineData("北京市北京市北京市", 10, "北京…京市")]
    [InlineData("😀😀😀😀😀😀", 6, "😀…😀")]
    [InlineData("short", 10, "short")]
    public void A_long_name_loses_its_middle(string text, int width, string expected)
    {
        string shortened = TableFit.Shorten(text, width);
        Assert.True(shortened.GetCellWidth() <= width);
        Assert.Equal(expected, shortened);
    }

    private static string Render(int width)
    {
        using MemoryStream output = new();
        using (Terminal terminal = new(output, TextWriter.Null, width))
        {
            terminal.Out.Profile.Capabilities.Ansi = false;
            Table table = new(new("Source", ColumnKind.LongText), new("Note", IsOptional: true), new("Amount", ColumnKind.Money), new("Rows", ColumnKind.Number));
            table.Add("a_long_name_of_a_file.csv", "new", "1,234.50", "15");
            table.Add("北京.csv", "", "20.52022672899", "1");
            table.AddTotal("Total", "", "", "16");
            table.WriteTo(terminal.Out);
        }

        return Encoding.UTF8.GetString(output.ToArray());
    }
}
