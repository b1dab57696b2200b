using System.Globalization;
using System.Text.RegularExpressions;
using Billing.Web.Contracts;
using Microsoft.Playwright;

namespace Billing.Web.Browser.Tests;

/// <summary>
/// What somebody does who is given the address and nothing else: enters an expense, drops the statement of a bank as it came, sees what will happen, stores it, mends the rows that were
/// refused, and downloads the month.
/// </summary>
public sealed partial class StoryTests(Chromium chromium)
{
    private const string Statement = "kontoauszug_juni_2025.csv";

    [Fact]
    public async Task A_month_is_kept_by_the_browser_alone_and_its_statement_balances_and_is_proved()
    {
        await using RunningHost host = await RunningHost.StartAsync(("ReportingCurrency", "EUR"), ("Rates", "USD=0.9"));
        await using WatchedPage watched = await chromium.OpenAsync(host.Address);
        IPage page = watched.Page;
        await watched.GoAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Enter an expense" }).ClickAsync();
        await ExpenseFlowTests.FillAsync(page, "2025-06-05", "Taxi to the bank", "31.20");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the expense" }).ClickAsync();
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("Stored: Taxi to the bank, 31.20 EUR");

        // Four lines before the header, windows-1252, decimal commas, and three rows that are no records as they stand.
        await page.Locator("nav.side").GetByRole(AriaRole.Link, new() { Name = "Import" }).ClickAsync();
        await page.Locator("#files").SetInputFilesAsync(Repository.PathTo("samples", "data", Statement));
        await Assertions.Expect(page.GetByText("Unproved", new() { Exact = true })).ToBeVisibleAsync();
        await page.GetByLabel("Number of rows").FillAsync("13");
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.GetByText("Proved", new() { Exact = true })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare with the ledger" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Refused (3)" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Store 10 new records" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = $"{Statement} is stored" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Balanced", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Proved", new() { Exact = true }).First).ToBeVisibleAsync();

        await page.Locator("nav.side").GetByRole(AriaRole.Link, new() { Name = "Quarantine" }).ClickAsync();
        await MendAsync(page, 11, "12.50;EUR", "12,50;EUR");
        await MendAsync(page, 17, "31.06.2025;", "30.06.2025;");
        await MendAsync(page, 18, ";EURO", ";EUR");

        await page.Locator("nav.side").GetByRole(AriaRole.Link, new() { Name = "Month" }).ClickAsync();
        await page.Locator("#m-month").FillAsync("2025-06");
        await Assertions.Expect(page.Locator("#month-figures")).ToContainTextAsync("\u221243,413.80");
        IDownload file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download CSV" }).ClickAsync());
        string month = await File.ReadAllTextAsync(await file.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal(14, month.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1);
        Assert.All((string[])["31.20", "12.50", "-14.90", "3.41", "-28640.12"], amount => Assert.Contains($",{amount},EUR,", month, StringComparison.Ordinal));

        using Books books = new(host.Address);
        RecordList stored = await books.FindAsync("");
        Assert.Equal((14, -43413.80m), (stored.Items.Count, stored.Items.Sum(item => item.Record.Amount.Amount)));
        await page.Locator("nav.side").GetByRole(AriaRole.Link, new() { Name = "Runs" }).ClickAsync();
        ILocator run = page.Locator("article.card").Filter(new() { HasText = Statement }).Last;
        await run.Locator("summary").ClickAsync();
        string statement = await run.Locator("pre.statement").TextContentAsync() ?? "";
        Assert.True(Balanced().IsMatch(statement), statement);
        Assert.Contains("proved", statement, StringComparison.Ordinal);
        Assert.DoesNotContain("unproved", statement, StringComparison.Ordinal);
        watched.AssertQuiet();
    }

    private static async Task MendAsync(IPage page, int line, string wrong, string right)
    {
        string of = string.Create(CultureInfo.InvariantCulture, $"{Statement}, line {line}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Mend " + of, Exact = true }).ClickAsync();
        ILocator text = page.Locator("#mend-text");
        string came = await text.InputValueAsync();
        Assert.Contains(wrong, came, StringComparison.Ordinal);
        await text.FillAsync(came.Replace(wrong, right, StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new() { Name = "Store the corrected row" }).ClickAsync();
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync($"{of} is stored.");
    }

    [GeneratedRegex("^kontoauszug_juni_2025\\.csv: completed, balanced.*read\\s+13\\b.*stored\\s+10\\b.*quarantined\\s+3\\b", RegexOptions.Singleline)]
    private static partial Regex Balanced();
}
