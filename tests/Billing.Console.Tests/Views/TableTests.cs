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
        string shortened = Shortening.Middle(text, width);
        Assert.True(shortened.GetCellWidth() <= width);
        Assert.Equal(expected, shortened);
    }

    [Theory]
    [InlineData("billing_data_bakery_june_2025.csv", "billing_data_dairy_june_2025.csv", "…kery_june_2025.csv", "…airy_june_2025.csv")]
    [InlineData("june.of.a.long.name.csv:100", "june.of.a.long.name.csv:101", "june.of.a…e.csv:100", "june.of.a…e.csv:101")]
    [InlineData("2025-06 a long name that ends alike", "2025-07 a long name that ends alike", "2025-06 a…nds alike", "2025-07 a…nds alike")]
    [InlineData("the same", "another long name of a file.csv", "the same", "another l… file.csv")]
    public void Names_that_differ_still_do_when_they_are_shortened(string one, string other, string shortOne, string shortOther)
    {
        IReadOnlyList<string> shown = Shortening.Of([one, other, one], 19);
        Assert.All(shown, text => Assert.True(text.GetCellWidth() <= 19));
        Assert.Equal([shortOne, shortOther, shortOne], shown);
    }

    [Fact]
    public void What_tells_rows_apart_goes_below_where_there_is_no_room_for_it()
    {
        using MemoryStream output = new();
        using (Terminal terminal = new(output, TextWriter.Null, 33))
        {
            terminal.Out.Profile.Capabilities.Ansi = false;
            Table table = new(new("Source"), new("Run", IsOptional: true, GoesBelow: true));
            table.Add("june.csv", "0123456789abcdef0123456789");
            table.Add("may.csv", "");
            table.WriteTo(terminal.Out);
        }

        Assert.Equal("Source\n────────\njune.csv\n  run 0123456789abcdef0123456789\nmay.csv\n", Encoding.UTF8.GetString(output.ToArray()));
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
