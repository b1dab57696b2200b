using Billing.Web.Contracts;
using Microsoft.Playwright;

namespace Billing.Web.Browser.Tests;

/// <summary>Pending rows, on the real host: settled, dismissed and opened again, by mouse and by keyboard.</summary>
public sealed class PendingFlowTests(Chromium chromium) : IAsyncLifetime
{
    private const string Layout = """{ "columns": { "status": "status" }, "pending": { "values": ["PENDING"], "posted": ["POSTED"], "match": { "days": 5 }, "days": 366 } }""";
    private RunningHost? _host;

    private string Address => _host!.Address;

    public async ValueTask InitializeAsync() => _host = await RunningHost.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }

    [Fact]
    public async Task What_the_pipeline_asks_is_answered_and_every_answer_can_be_taken_back()
    {
        using Books books = new(Address);
        await books.ImportAsync("card.csv", "date,company,amount,currency,status\n2026-11-02,Corner Cafe,4.50,USD,PENDING\n2026-11-02,Corner Cafe,4.50,USD,PENDING\n2026-11-03,Corner Cafe,4.50,USD,POSTED\n2026-11-04,Petrol,100.00,USD,PENDING\n2026-11-06,Garage,87.10,USD,POSTED\n"u8.ToArray(), SourceLayout.Parse(Layout));
        await books.ImportAsync("other.csv", "date,company,amount,currency,status\n2026-11-02,Elsewhere,1.00,USD,PENDING\n"u8.ToArray(), SourceLayout.Parse(Layout));
        await using WatchedPage watched = await chromium.OpenAsync(Address);
        IPage page = watched.Page;

        // From the statement of the run to its pending rows, and no others.
        await watched.GoAsync("/app/runs");
        ILocator run = page.Locator("article.card").Filter(new() { HasText = "card.csv" });
        await run.Locator("summary").ClickAsync();
        await run.GetByRole(AriaRole.Link, new() { Name = "3 pending rows" }).ClickAsync();
        await Assertions.Expect(page.Locator("article.card")).ToHaveCountAsync(3);
        await Assertions.Expect(page.Locator("nav.side a.active")).ToHaveTextAsync("Pending");
        await Assertions.Expect(page.GetByText("Needs an answer")).ToHaveCountAsync(2);

        // One of the two equal rows was it.
        await page.GetByRole(AriaRole.Button, new() { Name = "Settle card.csv, line 2" }).ClickAsync();
        await watched.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "This one: 03 Nov 2026, 4.50 USD, Corner Cafe" }).ClickAsync();
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("card.csv, line 2 is settled.");
        await Assertions.Expect(page.Locator("article.card")).ToHaveCountAsync(2);
        await Assertions.Expect(page.GetByText("Needs an answer")).ToHaveCountAsync(0);

        // A record that nothing pairs is found by its text.
        await page.GetByRole(AriaRole.Button, new() { Name = "Settle card.csv, line 5" }).ClickAsync();
        await page.Locator("#settle-text").FillAsync("garage");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "This one: 06 Nov 2026, 87.10 USD, Garage" }).ClickAsync();
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("card.csv, line 5 is settled.");
        Assert.Equal([2L, 3], (await books.PendingAsync()).Items.Select(row => row.Source.Line).Order());
        await page.Locator("#toast-action").ClickAsync();
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("card.csv, line 5 is pending again.");
        Assert.Equal(3, (await books.PendingAsync()).Items.Count);

        // Later, what was said is among the closed rows.
        await page.Locator("#p-all").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Open again: card.csv, line 2" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Needs an answer")).ToHaveCountAsync(2);
        RecordList records = await books.FindAsync("");
        Assert.Equal(2, records.Billed.Rows);
        watched.AssertQuiet();
    }

    [Fact]
    public async Task A_released_row_is_dismissed_by_keyboard_alone_on_a_phone_in_German()
    {
        using Books books = new(Address);
        await books.ImportAsync("karte.csv", "date,company,amount,currency,status\n2026-11-04,Tankstelle mit einem sehr langen Namen an der Bundesstra\u00dfe,100.00,USD,PENDING\n"u8.ToArray(), SourceLayout.Parse(Layout));
        await using WatchedPage watched = await chromium.OpenAsync(Address, 360, 740, "dark", "de-DE");
        IPage page = watched.Page;
        await watched.GoAsync("/app/pending");
        await page.Locator("article.card").WaitForAsync();
        await watched.AssertFitsAsync();
        await FocusAsync(page, "karte.csv, Zeile 2 verwerfen");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#pending-reason").WaitForAsync();
        await FocusAsync(page, "pending-reason");
        await page.Keyboard.TypeAsync("freigegeben");
        await watched.AssertAccessibleAsync();
        await watched.AssertFitsAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("karte.csv, Zeile 2 ist verworfen.");
        await Assertions.Expect(page.GetByText("Keine Zeile ist vorgemerkt.")).ToBeVisibleAsync();
        await page.Locator("#p-all").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(page.GetByText("Verworfen: freigegeben")).ToBeVisibleAsync();
        await watched.AssertFitsAsync();
        await FocusAsync(page, "Wieder \u00f6ffnen: karte.csv, Zeile 2");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("Wartet", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Single((await books.PendingAsync()).Items);
        watched.AssertQuiet();
    }

    // By the key Tab alone, to what has this id or this name.
    private static async Task FocusAsync(IPage page, string name)
    {
        for (int i = 0; i < 60; i++)
        {
            if (await page.EvaluateAsync<string>("() => document.activeElement?.id + '|' + document.activeElement?.ariaLabel") is { } focused && focused.Split('|').Contains(name))
            {
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"The key Tab does not lead to '{name}'.");
    }
}
