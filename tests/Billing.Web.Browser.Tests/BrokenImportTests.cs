using System.Globalization;
using System.Text;
using Billing.Web.Contracts;
using Microsoft.Playwright;

namespace Billing.Web.Browser.Tests;

/// <summary>Imports that do not go straight through: stopped, killed with the host, cut off from the page, loaded again, several at once. Nothing is lost or doubled, and nothing is said to be stored that is not.</summary>
public sealed class BrokenImportTests(Chromium chromium)
{
    private const int Rows = 20_000;
    private const string Small = "date,company,amount,currency\n2025-07-01,Small Ltd,10.00,USD\n2025-07-02,Small Ltd,20.00,USD\n";
    private static readonly LocatorAssertionsToBeVisibleOptions s_patience = new() { Timeout = 240_000 };
    private static readonly string[] s_cutOff = ["ERR_FAILED", "ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "ERR_INCOMPLETE_CHUNKED_ENCODING", "ERR_EMPTY_RESPONSE"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_import_that_is_stopped_in_the_middle_says_so_and_goes_on(bool isKilled)
    {
        await using RunningHost host = await RunningHost.StartAsync();
        await using WatchedPage watched = await chromium.OpenAsync(host.Address);
        IPage page = watched.Page;
        await watched.GoAsync("/app/import");
        await ImportPreviewTests.DropAsync(page, "large.csv", Large());
        await page.Locator("#local-title").WaitForAsync(new() { Timeout = 240_000 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare with the ledger" }).ClickAsync();
        ILocator store = page.GetByRole(AriaRole.Button, new() { Name = "Store 20,000 new records" });
        await Assertions.Expect(store).ToBeVisibleAsync(s_patience);
        await store.ClickAsync();
        await page.Locator("#stop").WaitForAsync();
        using Books books = new(host.Address);
        if (isKilled)
        {
            // As soon as something is stored, and long before all is.
            while ((await books.ImportsAsync()).Items.All(import => import.Report is not { Stored.Rows: > 0 }))
            {
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }

            await host.EndAsync();
            await Assertions.Expect(page.Locator("#cut-off")).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator("#result-title")).ToHaveTextAsync("Storing large.csv");
            await host.BeginAsync();
        }
        else
        {
            await page.Locator("#stop").ClickAsync();
        }

        await Assertions.Expect(page.Locator("#result-title")).ToHaveTextAsync(isKilled ? "large.csv was interrupted" : "large.csv was stopped");
        long before = (await books.FindAsync("Large Ltd")).Billed.Rows;
        Assert.InRange(before, 0, Rows);
        await watched.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on: nothing is doubled" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "large.csv is stored" })).ToBeVisibleAsync(s_patience);
        await Assertions.Expect(page.GetByText("Balanced", new() { Exact = true })).ToBeVisibleAsync();
        RecordList all = await books.FindAsync("Large Ltd");
        Assert.Equal((Rows, Enumerable.Range(0, Rows).Sum(Amount)), (all.Billed.Rows, all.Billed["USD"].ToDecimal()));

        // Taken back is all of it, not only what the second run stored.
        await page.GetByRole(AriaRole.Button, new() { Name = "Take this import back" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The import is taken back.")).ToBeVisibleAsync(s_patience);
        Assert.Equal(0, (await books.FindAsync("Large Ltd")).Billed.Rows);
        watched.AssertQuiet(s_cutOff);
    }

    [Fact]
    public async Task A_stream_of_events_that_breaks_off_is_not_taken_for_the_end()
    {
        await using RunningHost host = await RunningHost.StartAsync();
        await using WatchedPage watched = await chromium.OpenAsync(host.Address);
        IPage page = watched.Page;
        await CutOffAsync(page);
        await StoreSmallAsync(watched);
        await Assertions.Expect(page.Locator("#cut-off")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#result-title")).ToHaveTextAsync("Storing small.csv");
        await watched.AssertAccessibleAsync();
        await page.UnrouteAllAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "small.csv is stored" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#cut-off")).ToHaveCountAsync(0);
        using Books books = new(host.Address);
        Assert.Equal((2, 30m), await StoredAsync(books));
        watched.AssertQuiet(s_cutOff);
    }

    [Fact]
    public async Task A_page_that_is_loaded_again_in_the_middle_of_an_import_finds_it()
    {
        await using RunningHost host = await RunningHost.StartAsync();
        await using WatchedPage watched = await chromium.OpenAsync(host.Address);
        IPage page = watched.Page;
        await CutOffAsync(page);
        await StoreSmallAsync(watched);
        await Assertions.Expect(page.Locator("#result-title")).ToHaveTextAsync("Storing small.csv");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#result-title")).ToHaveTextAsync("Storing small.csv");
        await page.UnrouteAllAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "small.csv is stored" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Balanced", new() { Exact = true })).ToBeVisibleAsync();
        using Books books = new(host.Address);
        Assert.Equal((2, 30m), await StoredAsync(books));
        await page.GetByRole(AriaRole.Button, new() { Name = "Take this import back" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The import is taken back.")).ToBeVisibleAsync();
        Assert.Equal((0, 0m), await StoredAsync(books));

        // Its end was seen: the next time the page begins empty.
        await page.ReloadAsync();
        await page.Locator(".drop").WaitForAsync();
        await Assertions.Expect(page.Locator("#result-title")).ToHaveCountAsync(0);
        watched.AssertQuiet(s_cutOff);
    }

    [Fact]
    public async Task Of_several_files_each_is_told_what_it_is_and_only_the_good_one_is_stored()
    {
        await using RunningHost host = await RunningHost.StartAsync();
        await using WatchedPage watched = await chromium.OpenAsync(host.Address);
        IPage page = watched.Page;
        await watched.GoAsync("/app/import");
        await page.Locator("#files").SetInputFilesAsync([File("good.csv", Small), File("contradicted.csv", Small.Replace("Small Ltd", "Other Ltd", StringComparison.Ordinal)), File("empty.csv", "")]);
        ILocator files = page.GetByRole(AriaRole.Group, new() { Name = "Files" });
        await Assertions.Expect(files.GetByRole(AriaRole.Button)).ToHaveCountAsync(3);
        await Assertions.Expect(files.GetByRole(AriaRole.Button, new() { Name = "empty.csv \u00b7 cannot be read" })).ToBeVisibleAsync();
        await files.GetByRole(AriaRole.Button, new() { Name = "contradicted.csv" }).ClickAsync();
        await page.GetByLabel("Number of rows").FillAsync("3");
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(files.GetByRole(AriaRole.Button, new() { Name = "contradicted.csv \u00b7 Contradicted" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare with the ledger" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The file will not be taken like this.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Store 0 new records" })).ToBeDisabledAsync();

        // What the sender states of one file is not stated of another.
        await files.GetByRole(AriaRole.Button, new() { Name = "good.csv" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Number of rows")).ToHaveValueAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare with the ledger" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Store 2 new records" }).ClickAsync();
        await Assertions.Expect(files.GetByRole(AriaRole.Button, new() { Name = "good.csv \u00b7 stored" })).ToBeVisibleAsync();
        await watched.AssertAccessibleAsync();
        using Books books = new(host.Address);
        Assert.Equal((2, 30m), await StoredAsync(books));
        Assert.Equal(0, (await books.FindAsync("Other Ltd")).Billed.Rows);
        watched.AssertQuiet();
    }

    [Fact]
    public async Task Texts_from_right_to_left_and_very_long_ones_fit_and_move_no_figure()
    {
        await using RunningHost host = await RunningHost.StartAsync();
        await using WatchedPage watched = await chromium.OpenAsync(host.Address, 360, 740);
        string hebrew = "\u05de\u05e1\u05e2\u05d3\u05d4";
        using Books books = new(host.Address);
        await books.ImportAsync("long.csv", Encoding.UTF8.GetBytes($"date,company,amount,currency,description\n2025-07-01,{hebrew},12345678901234567.89,USD,{new string('x', 10_000)}\n"));
        await watched.GoAsync("/app/expenses");
        await Assertions.Expect(watched.Page.Locator("td[data-name=Amount]")).ToHaveTextAsync("12,345,678,901,234,567.89 USD");
        await watched.AssertFitsAsync();
        await watched.Page.Locator("#expense-date").FillAsync("2025-07-02");
        await watched.Page.Locator("#expense-description").FillAsync(hebrew);
        await watched.Page.Locator("#expense-amount").FillAsync("12.50");
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "Save the expense" }).ClickAsync();
        await Assertions.Expect(watched.Page.Locator(".toast")).ToContainTextAsync($"\u2068{hebrew}\u2069, 12.50 USD");
        await watched.AssertFitsAsync();
        await watched.AssertAccessibleAsync();
        watched.AssertQuiet();
    }

    // The stream ends at once and says nothing, and the state cannot be asked for.
    private static async Task CutOffAsync(IPage page)
    {
        await page.RouteAsync("**/api/imports/*/events", route => route.FulfillAsync(new() { ContentType = "text/event-stream", Body = "" }));
        await page.RouteAsync(url => url.Contains("/api/imports/", StringComparison.Ordinal) && !url.EndsWith("/events", StringComparison.Ordinal), route => route.AbortAsync("failed"));
    }

    private static async Task StoreSmallAsync(WatchedPage watched)
    {
        await watched.GoAsync("/app/import");
        await ImportPreviewTests.DropAsync(watched.Page, "small.csv", Small);
        await watched.Page.Locator("#local-title").WaitForAsync();
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "Compare with the ledger" }).ClickAsync();
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "Store 2 new records" }).ClickAsync();
    }

    private static async Task<(long Rows, decimal Sum)> StoredAsync(Books books)
    {
        RecordList found = await books.FindAsync("Small Ltd");
        return (found.Billed.Rows, found.Billed["USD"].ToDecimal());
    }

    private static FilePayload File(string name, string text) => new() { Name = name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) };

    private static decimal Amount(int row) => (row % 900) + 1 + (row % 100 / 100m);

    private static string Large()
    {
        StringBuilder text = new("date,company,amount,currency,description\n");
        for (int i = 0; i < Rows; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"2025-07-{(i % 28) + 1:00},Large Ltd,{Amount(i)},USD,Row {i}\n");
        }

        return text.ToString();
    }
}
