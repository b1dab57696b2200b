using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace Billing.Reports.Tests;

/// <summary>The workbook and the page of a month.</summary>
public sealed class MonthFileTests
{
    private static readonly XNamespace s_sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static readonly BillingRecord[] s_records =
    [
        Some.Record("1", amount: -1234.50m, party: "=1+1", description: "<script>alert(1)</script> & \"x\"", category: "A<b>"),
        Some.Record("2", amount: 12345678901234567.89m, party: "Łódź", date: new DateOnly(2025, 6, 3)),
        Some.Record("3", amount: 0.0045m, currency: "CAD", reportingAmount: 0.003375m, rate: new ExchangeRate(Currency.Parse("CAD"), Currency.Usd, 0.75m, null, "fixed"), party: "_x0041_ \u0001", date: new DateOnly(2025, 6, 4)),
        Some.Record("4", amount: 7m, date: new DateOnly(2025, 5, 4)),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_workbook_and_a_page_are_the_same_bytes_whenever_they_are_written()
    {
        MonthReport report = await ReportAsync(s_records);
        MonthReport other = await ReportAsync([.. s_records.Reverse()]);
        byte[] workbook = await XlsxAsync(report);
        byte[] page = await HtmlAsync(report);
        Assert.Equal(workbook, await XlsxAsync(other));
        Assert.Equal(page, await HtmlAsync(other));
        using ZipArchive archive = new(new MemoryStream(workbook));
        Assert.All(archive.Entries, entry => Assert.Equal(1980, entry.LastWriteTime.Year));
    }

    [Fact]
    public async Task A_cell_holds_an_amount_as_a_number_only_where_it_holds_every_digit()
    {
        using ZipArchive archive = new(new MemoryStream(await XlsxAsync(await ReportAsync(s_records))));
        string[][] lines = Rows(archive, 5);
        Assert.Equal("Date", lines[0][0]);
        Assert.Equal(["text:12345678901234567.89", "number:0.0045", "number:-1234.5"], lines.Skip(1).Select(line => line[4]));
        Assert.Equal("text:=1+1", lines[3][1]);
        Assert.Equal("text:_x005F_x0041_ _x0001_", lines[2][1]);
        Assert.DoesNotContain(archive.Entries.Where(entry => entry.FullName.Contains("sheet", StringComparison.Ordinal)), entry => Load(entry).Descendants(s_sheet + "f").Any());
        Assert.Contains(Rows(archive, 1), row => row is [var text, ..] && text.Contains("2 amounts of the lines have more than 15 digits", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_escapes_every_text_and_has_nothing_that_runs()
    {
        string page = Encoding.UTF8.GetString(await HtmlAsync(await ReportAsync(s_records), "Closed <today>"));
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot;", page, StringComparison.Ordinal);
        Assert.Contains("<p>Closed &lt;today&gt;</p>", page, StringComparison.Ordinal);
        Assert.Contains("<td class=\"n\">-1,234.50</td>", page, StringComparison.Ordinal);
        Assert.Contains("12,345,678,901,234,567.89", page, StringComparison.Ordinal);
        Assert.DoesNotContain('\u0001', page);
        XDocument parsed = XDocument.Parse(page.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal).Replace("<meta charset=\"utf-8\">", "", StringComparison.Ordinal).Replace("initial-scale=1\">", "\"/>", StringComparison.Ordinal).Replace("'unsafe-inline'\">", "\"/>", StringComparison.Ordinal));
        Assert.All(parsed.Descendants("table"), table => Assert.Single(table.Elements("caption")));
        Assert.All(parsed.Descendants("table"), table => Assert.Single(table.Elements("thead").Elements("tr").Select(row => row.Elements().Count()).Concat(table.Elements("tbody").Elements("tr").Select(row => row.Elements().Count())).Distinct()));
    }

    [Fact]
    public async Task A_month_of_nothing_is_a_workbook_and_a_page_too()
    {
        MonthReport report = await ReportAsync();
        using ZipArchive archive = new(new MemoryStream(await XlsxAsync(report)));
        Assert.Single(Rows(archive, 5));
        Assert.Contains("0 records, no money.", Encoding.UTF8.GetString(await HtmlAsync(report)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workbook_and_a_page_say_how_many_records_a_requirement_does_not_let_pass()
    {
        MemorySink ledger = new();
        await ledger.WriteAsync(s_records, Cancellation);
        MonthTerms terms = new() { Rules = CategoryRules.Parse("""{ "rules": [{ "name": "positive", "require": { "amount": { "over": 0 } } }] }""", "rules.json") };
        MonthReport report = await MonthReport.CreateAsync(ledger, new BillingMonth(2025, 6), terms, Cancellation);
        const string sentence = "A requirement of the rules does not let 1 of the records pass.";
        using ZipArchive archive = new(new MemoryStream(await XlsxAsync(report)));
        Assert.Contains(Rows(archive, 1), row => row is [var text, ..] && text.Contains(sentence, StringComparison.Ordinal));
        Assert.Contains(sentence, Encoding.UTF8.GetString(await HtmlAsync(report)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_is_too_long_for_a_cell_is_cut_and_says_so()
    {
        using ZipArchive archive = new(new MemoryStream(await XlsxAsync(await ReportAsync(Some.Record("1", description: new string('x', 40_000))))));
        string cell = Rows(archive, 5)[1][2];
        Assert.Equal(32_767 + "text:".Length, cell.Length);
        Assert.EndsWith("xx (cut: the CSV has all)", cell, StringComparison.Ordinal);
    }

    private static string[][] Rows(ZipArchive archive, int sheet) =>
    [
        .. Load(archive.GetEntry($"xl/worksheets/sheet{sheet}.xml")!).Descendants(s_sheet + "row").Select(row => row.Elements(s_sheet + "c").Select(Cell).ToArray()),
    ];

    private static string Cell(XElement cell) => (string?)cell.Attribute("t") == "inlineStr"
        ? (cell.Parent!.ElementsBeforeSelf().Any() ? "text:" : "") + cell.Value
        : $"number:{cell.Value}";

    private static XDocument Load(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        return XDocument.Load(stream);
    }

    private static async Task<MonthReport> ReportAsync(params BillingRecord[] records)
    {
        MemorySink ledger = new();
        await ledger.WriteAsync(records, Cancellation);
        return await MonthReport.CreateAsync(ledger, new BillingMonth(2025, 6), cancellationToken: Cancellation);
    }

    private static async Task<byte[]> XlsxAsync(MonthReport report)
    {
        using MemoryStream output = new();
        await MonthXlsx.WriteAsync(report, output, cancellationToken: Cancellation);
        return output.ToArray();
    }

    private static async Task<byte[]> HtmlAsync(MonthReport report, string? note = null)
    {
        using MemoryStream output = new();
        await MonthHtml.WriteAsync(report, output, note, Cancellation);
        return output.ToArray();
    }
}
