using Billing.Web.Contracts;
using Microsoft.Playwright;

namespace Billing.Web.Browser.Tests;

/// <summary>What a month takes besides entering: import, mending, receipts, runs, rules.</summary>
public sealed class BookFlowTests(Chromium chromium, FilledHost host) : IClassFixture<FilledHost>
{
    [Fact]
    public async Task A_file_is_previewed_compared_stored_and_taken_back()
    {
        await using WatchedPage watched = await chromium.OpenAsync(host.Address);
        await watched.GoAsync("/app/import");
        await ImportPreviewTests.DropAsync(watched.Page, "july.csv", "date,company,amount,currency\n2025-07-01,Acme July,10.00,USD\n2025-07-02,Boulangerie July,20.00,CAD\nnever,Acme July,1.00,USD\n");
        await watched.Page.Locator("#local-title").WaitForAsync();
        await watched.Page.GetByLabel("Number of rows").FillAsync("3");
        await watched.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(watched.Page.GetByText("Proved", new() { Exact = true })).ToBeVisibleAsync();
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "Compare with the ledger" }).ClickAsync();
        await Assertions.Expect(watched.Page.GetByRole(AriaRole.Button, new() { Name = "New (2)" })).ToBeVisibleAsync();
        await Assertions.Expect(watched.Page.Locator("section:has(#compare-title) table.records")).ToContainTextAsync("15.00");
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "Refused (1)" }).ClickAsync();
        await Assertions.Expect(watched.Page.Locator("section:has(#compare-title) table.records tbody tr")).ToHaveCountAsync(1);
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "Store 2 new records" }).ClickAsync();
        await Assertions.Expect(watched.Page.GetByRole(AriaRole.Heading, new() { Name = "july.csv is stored" })).ToBeVisibleAsync();
        await Assertions.Expect(watched.Page.GetByText("Balanced", new() { Exact = true })).ToBeVisibleAsync();
        using Books books = new(host.Address);
        Assert.Equal(2, (await books.FindAsync("July")).Billed.Rows);
        await watched.AssertAccessibleAsync();
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "Take this import back" }).ClickAsync();
        await Assertions.Expect(watched.Page.GetByText("The import is taken back.")).ToBeVisibleAsync();
        Assert.Equal(0, (await books.FindAsync("July")).Billed.Rows);

        // A file with the same columns is read by the layout of the one before.
        await ImportPreviewTests.DropAsync(watched.Page, "august.csv", "date,company,amount,currency\n2025-08-01,Acme,10.00,USD\n");
        await Assertions.Expect(watched.Page.GetByText("An earlier file had the same columns.")).ToBeVisibleAsync();
        watched.AssertQuiet();
    }

    [Fact]
    public async Task A_row_that_was_refused_is_mended_where_it_stands()
    {
        using Books books = new(host.Address);
        await books.ImportAsync("torn.csv", "date,company,amount,currency\n2025-06-31,Torn Row Ltd,75.00,USD\n"u8.ToArray());
        await using WatchedPage watched = await chromium.OpenAsync(host.Address);
        await watched.GoAsync("/app/quarantine");
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "Mend torn.csv, line 2" }).ClickAsync();
        ILocator text = watched.Page.Locator("#mend-text");
        await Assertions.Expect(text).ToHaveValueAsync("2025-06-31,Torn Row Ltd,75.00,USD");
        await text.FillAsync("2025-06-32,Torn Row Ltd,75.00,USD");
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "Store the corrected row" }).ClickAsync();
        await Assertions.Expect(watched.Page.GetByText("The corrected row is refused too.")).ToBeVisibleAsync();
        await text.FillAsync("2025-06-30,Torn Row Ltd,75.00,USD");
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "Store the corrected row" }).ClickAsync();
        await Assertions.Expect(watched.Page.Locator(".toast")).ToContainTextAsync("torn.csv, line 2 is stored.");
        Assert.Equal(1, (await books.FindAsync("Torn Row Ltd")).Billed.Rows);
        watched.AssertQuiet();
    }

    [Fact]
    public async Task A_row_that_is_no_record_is_dismissed_with_the_reason()
    {
        using Books books = new(host.Address);
        await books.ImportAsync("footer.csv", "date,company,amount,currency\nTotal of the page,x,75.00,USD\n"u8.ToArray());
        await using WatchedPage watched = await chromium.OpenAsync(host.Address);
        await watched.GoAsync("/app/quarantine");
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "Dismiss footer.csv, line 2" }).ClickAsync();
        await watched.Page.Locator("#dismiss-reason").FillAsync("A total, not a record");
        await watched.AssertAccessibleAsync();
        await watched.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(watched.Page.Locator(".toast")).ToContainTextAsync("footer.csv, line 2 is dismissed.");
        await Assertions.Expect(watched.Page.GetByText("footer.csv, line 2", new() { Exact = true })).ToHaveCountAsync(0);
        watched.AssertQuiet();
    }

    [Fact]
    public async Task A_receipt_that_came_before_is_told_by_its_bytes()
    {
        await using WatchedPage watched = await chromium.OpenAsync(host.Address);
        await watched.GoAsync("/app/receipts");
        await watched.Page.Locator("table.records tbody tr").First.WaitForAsync();
        await watched.Page.Locator("#receipt-files").SetInputFilesAsync([File("scan.txt", "A new receipt"), File("copy.txt", "City Cabs 23.40")]);
        await Assertions.Expect(watched.Page.Locator(".note.good")).ToContainTextAsync("Stored under its SHA-256");
        await Assertions.Expect(watched.Page.Locator(".note.warn")).ToContainTextAsync("the same bytes came as taxi.txt");
        watched.AssertQuiet();
    }

    [Fact]
    public async Task A_run_is_taken_back_with_the_reason()
    {
        using Books books = new(host.Address);
        await books.ImportAsync("wrong-month.csv", "date,company,amount,currency\n2025-01-05,Wrong Month Ltd,75.00,USD\n"u8.ToArray());
        await using WatchedPage watched = await chromium.OpenAsync(host.Address);
        await watched.GoAsync("/app/runs");
        ILocator run = watched.Page.Locator("article.card").Filter(new() { HasText = "wrong-month.csv" });
        await run.Locator("summary").ClickAsync();
        await Assertions.Expect(run.Locator("pre.statement")).ToContainTextAsync("completed, balanced");
        await run.GetByRole(AriaRole.Button, new() { Name = "Take back" }).ClickAsync();
        await watched.Page.Locator("#revert-reason").FillAsync("The wrong month");
        await watched.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(watched.Page.Locator(".toast")).ToContainTextAsync("wrong-month.csv is taken back: 1 records left the ledger.");
        await Assertions.Expect(run.GetByText("Taken back", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal(0, (await books.FindAsync("Wrong Month Ltd")).Billed.Rows);
        watched.AssertQuiet();
    }

    [Fact]
    public async Task Rules_show_what_would_move_before_they_are_applied()
    {
        using Books books = new(host.Address);
        await books.EnterAsync("2025-06-12", "Stapler and staples", "18.40");
        await using WatchedPage watched = await chromium.OpenAsync(host.Address);
        await watched.GoAsync("/app/rules");
        ILocator text = watched.Page.Locator("#rules-text");
        string rules = await text.InputValueAsync();
        await text.FillAsync(rules.Replace("\"rules\": [", "\"rules\": [ { \"name\": \"office\", \"when\": { \"text\": \"stapler\" }, \"categry\": \"Office\" },", StringComparison.Ordinal));
        await Assertions.Expect(watched.Page.Locator("#rules-fault")).ToContainTextAsync("categry");
        await text.FillAsync(rules.Replace("\"rules\": [", "\"rules\": [ { \"name\": \"office\", \"when\": { \"text\": \"stapler\" }, \"category\": \"Office\" },", StringComparison.Ordinal));
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "See what would move" }).ClickAsync();
        await Assertions.Expect(watched.Page.Locator("section:has(#trial-title)")).ToContainTextAsync("Office");
        await watched.AssertAccessibleAsync();
        await watched.Page.Locator("#rules-why").FillAsync("Office supplies apart");
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "Apply to what is stored, and to what comes" }).ClickAsync();
        await Assertions.Expect(watched.Page.Locator(".toast")).ToContainTextAsync("1 records have another category.");
        RecordList found = await books.FindAsync("Stapler");
        Assert.Equal("Office", Assert.Single(found.Items).Record.Category);
        watched.AssertQuiet();
    }

    [Fact]
    public async Task A_month_is_downloaded_closed_and_says_what_came_later()
    {
        using Books books = new(host.Address);
        await books.EnterAsync("2025-02-03", "Only record of February", "20.00");
        await using WatchedPage watched = await chromium.OpenAsync(host.Address);
        await watched.GoAsync("/app/month?month=2025-02");
        await watched.Page.Locator("#month-figures").WaitForAsync();
        foreach (string format in (string[])["CSV", "XLSX", "HTML"])
        {
            IDownload file = await watched.Page.RunAndWaitForDownloadAsync(() => watched.Page.GetByRole(AriaRole.Link, new() { Name = $"Download {format}" }).ClickAsync());
            Assert.Equal($"2025-02.{format.ToLowerInvariant()}", file.SuggestedFilename);
            Assert.True(new FileInfo(await file.PathAsync()).Length > 0, format);
        }

        await watched.Page.Locator("#m-reason").FillAsync("February is done");
        if (await watched.Page.GetByLabel("Close it all the same").CountAsync() > 0)
        {
            await watched.Page.GetByLabel("Close it all the same").CheckAsync();
        }

        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "Close the month" }).ClickAsync();
        await Assertions.Expect(watched.Page.Locator(".toast")).ToContainTextAsync("February 2025 is closed.");
        await books.EnterAsync("2025-02-04", "Came late", "5.00");
        await Assertions.Expect(watched.Page.GetByText("Something came after the month was closed.")).ToBeVisibleAsync();
        await Assertions.Expect(watched.Page.Locator("main")).ToContainTextAsync("1 added, 0 taken away, 0 changed: 5.00 USD");
        await watched.AssertAccessibleAsync();
        watched.AssertQuiet();
    }

    [Fact]
    public async Task A_budget_says_what_is_spent_of_it_and_a_wrong_file_is_told_at_once()
    {
        await using WatchedPage watched = await chromium.OpenAsync(host.Address);
        await watched.GoAsync("/app/budgets?month=2025-06");
        ILocator travel = watched.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Travel" });
        await Assertions.Expect(travel).ToContainTextAsync("85.00 USD");
        await watched.Page.Locator("#b-text").FillAsync("""{ "budgets": [ { "category": "Travel", "amount": -5 } ] }""");
        await Assertions.Expect(watched.Page.Locator("#b-fault")).ToContainTextAsync("amount");
        await Assertions.Expect(watched.Page.GetByRole(AriaRole.Button, new() { Name = "Save" })).ToBeDisabledAsync();
        watched.AssertQuiet();
    }

    [Fact]
    public async Task The_language_and_the_theme_are_kept_and_numbers_follow()
    {
        await using WatchedPage watched = await chromium.OpenAsync(host.Address);
        await watched.GoAsync("/?month=2025-06");
        await watched.Page.GetByLabel("Language").SelectOptionAsync("de");
        await Assertions.Expect(watched.Page.Locator("h1")).ToHaveTextAsync("\u00dcbersicht");
        await watched.Page.GetByLabel("Darstellung").SelectOptionAsync("dark");
        await watched.GoAsync("/?month=2025-06");
        await Assertions.Expect(watched.Page.Locator("h1")).ToHaveTextAsync("\u00dcbersicht");
        Assert.Equal("de", await watched.Page.GetAttributeAsync("html", "lang"));
        Assert.Equal("dark", await watched.Page.GetAttributeAsync("html", "data-theme"));
        await Assertions.Expect(watched.Page.Locator("#figures")).ToContainTextAsync("Juni 2025");
        Assert.Matches(@"\d{1,3}\.\d{3},\d{2}", await watched.Page.Locator("#figures").InnerTextAsync());
        watched.AssertQuiet();
    }

    private static FilePayload File(string name, string text) => new() { Name = name, MimeType = "text/plain", Buffer = System.Text.Encoding.UTF8.GetBytes(text) };
}
