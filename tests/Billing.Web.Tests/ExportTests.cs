using System.IO.Compression;
using System.Xml.Linq;
using Billing.Web.Contracts;
using Billing.Web.Export;

namespace Billing.Web.Tests;

/// <summary>Lists as workbooks that a spreadsheet can open, and that say what the list says.</summary>
public sealed class ExportTests
{
    private static readonly XNamespace s_cells = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    [Fact]
    public async Task Texts_that_XML_or_a_spreadsheet_cannot_have_come_as_they_are_or_say_that_they_are_cut()
    {
        string[] parties = ["a\u0001b", "\uFFFE", "_x0041_", "x  y ", new string('L', 40_000), "=1+1", "\uD83D\uDE00"];
        await using WebHost host = new();
        HttpClient page = host.Page();
        string rows = string.Concat(parties.Select((party, i) => $"2025-06-{i + 1:00},\"{party}\",1.10,USD\n"));
        ImportReply import = await WebHost.ImportAsync(page, await WebHost.UploadAsync(page, "odd.csv", $"date,company,amount,currency\n{rows}2025-06-3O,\uFFFF,2.00,USD\n"));
        Assert.Equal((parties.Length, 1), (import.Report!.Stored.Rows, import.Report.Quarantined.Rows));

        XElement[][] cells = await SheetAsync(page, "/api/records/export?format=xlsx");
        string[] read = [.. cells.Skip(1).Select(row => row[1].Value)];
        Assert.Equal(["a_x0001_b", "_xFFFE_", "_x005F_x0041_", "x  y ", read[4], "=1+1", "\uD83D\uDE00"], read);
        Assert.Equal((32_767, true), (read[4].Length, read[4].EndsWith("(cut: the CSV has all)", StringComparison.Ordinal)));
        Assert.All(cells.Skip(1), row => Assert.Equal(("1.1", null), (row[4].Element(s_cells + "v")!.Value, (string?)row[4].Attribute("t"))));
        Assert.Contains("_xFFFF_", (await SheetAsync(page, "/api/quarantine/export?format=xlsx"))[1][6].Value, StringComparison.Ordinal);
        Assert.Equal(2, (await SheetAsync(page, "/api/runs/export?format=xlsx")).Length);
    }

    [Fact]
    public async Task More_rows_than_a_sheet_has_go_on_on_the_next_sheet()
    {
        using MemoryStream file = new();
        await ExportFile.WriteSheetAsync(file, "rows", [ExportColumn<int>.Number("Number", number => number)], Enumerable.Range(1, 1_048_577).ToAsyncEnumerable());
        using ZipArchive xlsx = new(file, ZipArchiveMode.Read);
        string[] counts = [.. xlsx.Entries.Where(entry => entry.FullName.Contains("worksheets/", StringComparison.Ordinal)).OrderBy(entry => entry.FullName, StringComparer.Ordinal).Select(entry =>
        {
            using StreamReader sheet = new(entry.Open());
            return sheet.ReadToEnd().Split("<row ").Length - 1 + "";
        })];
        Assert.Equal(["1048576", "3"], counts);
    }

    private static async Task<XElement[][]> SheetAsync(HttpClient page, string path)
    {
        using ZipArchive xlsx = new(new MemoryStream(await page.GetByteArrayAsync(path, WebHost.Cancellation)));
        using Stream sheet = xlsx.Entries.Single(entry => entry.FullName.EndsWith("sheet1.xml", StringComparison.Ordinal)).Open();
        XDocument document = await XDocument.LoadAsync(sheet, LoadOptions.PreserveWhitespace, WebHost.Cancellation);
        return [.. document.Descendants(s_cells + "row").Select(row => row.Elements(s_cells + "c").ToArray())];
    }
}
