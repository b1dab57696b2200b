using System.IO.Compression;
using Billing.Web.Contracts;

namespace Billing.Web.Tests;

/// <summary>Lists are filtered, ordered, in pages that hold every record once, and exported without formulas.</summary>
public sealed class RecordListTests
{
    [Fact]
    public async Task Pages_in_every_order_hold_every_record_once_and_in_that_order()
    {
        await using WebHost host = new();
        HttpClient page = host.Page();
        Random random = new(7);
        string rows = string.Concat(Enumerable.Range(0, 157).Select(i => $"2025-0{random.Next(1, 9)}-1{random.Next(0, 9)},{"ABCDE"[random.Next(5)]},{random.Next(1, 40)}.00,{(i % 3 == 0 ? "EUR" : "USD")},row {i}\n"));
        await WebHost.ImportAsync(page, await WebHost.UploadAsync(page, "rows.csv", "date,party,amount,currency,description\n" + rows));
        foreach (string sort in (string[])["date", "-date", "amount", "-amount", "party", "-party"])
        {
            List<BillingRecord> all = [];
            string? next = null;
            do
            {
                RecordList list = await WebHost.GetAsync<RecordList>(page, $"/api/records?limit=20&sort={sort}{(next is null ? "" : "&next=" + next)}");
                Assert.Equal(157, list.Billed.Rows);
                all.AddRange(list.Items.Select(item => item.Record));
                next = list.Next;
            }
            while (next is not null);

            Assert.Equal(157, all.Select(record => record.Key).Distinct().Count());
            Assert.Equal(157, all.Count);
            List<IComparable> values = [.. all.Select(record => sort.TrimStart('-') switch { "amount" => (IComparable)record.ReportingAmount.Amount, "party" => record.Party!, _ => record.Date })];
            List<IComparable> ordered = [.. values.Order()];
            Assert.Equal(sort[0] == '-' ? Enumerable.Reverse(ordered) : ordered, values);
        }

        await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Get, "/api/records?sort=date&next=AAAA", null, 400);
    }

    [Fact]
    public async Task Filters_and_totals_are_those_of_the_store()
    {
        await using WebHost host = new();
        HttpClient page = host.Page();
        await WebHost.EnterAsync(page, WebHost.Lunch with { Category = "meals" });
        await WebHost.EnterAsync(page, WebHost.Lunch with { Description = "Taxi to the airport", Amount = "30.00", Currency = "USD", Date = "2025-07-01", Party = "Cab & Co" });
        await WebHost.EnterAsync(page, WebHost.Lunch with { Description = "Hotel", Amount = "200", Currency = "JPY", Date = "2025-07-31", Party = "Inn", Category = "travel" });
        foreach ((string query, int rows) in ((string, int)[])[("month=2025-07", 2), ("month=2025-07&from=2025-07-02", 1), ("category=meals", 1), ("category=", 1), ("party=Cab%20%26%20Co", 1), ("currency=jpy", 1), ("text=airport", 1), ("text=nothing", 0), ("from=2025-06-17&to=2025-06-17", 1), ("flag=large", 0), ("source=expense", 3)])
        {
            RecordList list = await WebHost.GetAsync<RecordList>(page, "/api/records?" + query);
            Assert.True(rows == list.Items.Count && rows == list.Billed.Rows && rows == list.Reporting.Rows, $"{query}: {list.Items.Count} records, {list.Billed.Rows} in the totals");
        }

        ProblemReply unknown = await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Get, "/api/records?categry=meals", null, 400);
        Assert.Contains("category", unknown.Errors!["query"][0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exported_texts_are_never_formulas_and_amounts_keep_every_digit()
    {
        await using WebHost host = new();
        HttpClient page = host.Page();
        await WebHost.EnterAsync(page, WebHost.Lunch with { Description = "=HYPERLINK(\"x\")", Party = "+Cafe, \"quoted\"", Amount = "999999999999.99", Currency = "USD" });
        await WebHost.EnterAsync(page, WebHost.Lunch with { Description = "<script>alert(1)</script>", Amount = "0.10" });
        string csv = await page.GetStringAsync("/api/records/export?sort=amount", WebHost.Cancellation);
        Assert.Contains(",\"'+Cafe, \"\"quoted\"\"\",\"'=HYPERLINK(\"\"x\"\")\",", csv, StringComparison.Ordinal);
        Assert.Contains("999999999999.99,USD,999999999999.99,USD", csv, StringComparison.Ordinal);
        Assert.Equal(3, csv.TrimEnd().Split('\n').Length);

        using Stream json = await page.GetStreamAsync("/api/records/export?format=json", WebHost.Cancellation);
        BillingRecord[]? records = await System.Text.Json.JsonSerializer.DeserializeAsync<BillingRecord[]>(json, System.Text.Json.JsonSerializerOptions.Web, WebHost.Cancellation);
        Assert.Contains("<script>alert(1)</script>", records!.Select(record => record.Description));
        Assert.Contains("=HYPERLINK(\"x\")", records!.Select(record => record.Description));

        using ZipArchive xlsx = new(new MemoryStream(await page.GetByteArrayAsync("/api/records/export?format=xlsx", WebHost.Cancellation)));
        using StreamReader sheet = new(xlsx.Entries.Single(entry => entry.FullName.Contains("sheet1", StringComparison.OrdinalIgnoreCase)).Open());
        string cells = await sheet.ReadToEndAsync(WebHost.Cancellation);
        Assert.DoesNotContain("<f>", cells, StringComparison.Ordinal);
        Assert.Contains("=HYPERLINK", cells, StringComparison.Ordinal);
        Assert.Contains("<v>0.1</v>", cells, StringComparison.Ordinal);
        Assert.Contains("999999999999.99", cells, StringComparison.Ordinal);
        foreach (string list in (string[])["quarantine", "runs"])
        {
            foreach (string format in (string[])["csv", "json", "xlsx"])
            {
                Assert.NotEmpty(await page.GetByteArrayAsync($"/api/{list}/export?format={format}", WebHost.Cancellation));
            }
        }
    }

    [Theory]
    [InlineData("0001-01")]
    [InlineData("9999-12")]
    public async Task The_first_and_the_last_month_that_there_are_have_no_records(string month)
    {
        await using WebHost host = new();
        HttpClient page = host.Page();
        await WebHost.EnterAsync(page, WebHost.Lunch);
        Assert.Empty((await WebHost.GetAsync<RecordList>(page, $"/api/records?month={month}")).Items);
        Assert.Equal(2, (await page.GetStringAsync($"/api/records/export?month={month}", WebHost.Cancellation)).Split('\n').Length);
    }
}
