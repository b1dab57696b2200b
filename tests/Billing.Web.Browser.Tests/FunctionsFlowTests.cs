using System.Collections.Concurrent;
using Billing.Local;
using Microsoft.Playwright;

namespace Billing.Web.Browser.Tests;

/// <summary>The page with functions behind it, as billing local serves it.</summary>
public sealed class FunctionsFlowTests(Chromium chromium) : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _events = [];
    private LocalEnvironment? _environment;

    private string Address => _environment!.State.Page!.AbsoluteUri;

    public async ValueTask InitializeAsync()
    {
        // The programs of this solution stand side by side.
        string here = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        _environment = await LocalEnvironment.StartAsync(new LocalOptions
        {
            FunctionsFolder = Path.GetFullPath(Path.Combine(here, "..", "..", "Billing.Lambda", Path.GetFileName(here))),
            PageFolder = await PublishedHost.FolderAsync(),
            UsesDatabase = false,
            OnEvent = one => _events.Enqueue(one.ToString()),
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_environment is not null)
        {
            await _environment.DisposeAsync();
        }
    }

    [Fact]
    public async Task An_expense_with_cents_that_is_sent_twice_is_in_the_list_and_in_the_totals_once()
    {
        await using WatchedPage watched = await chromium.OpenAsync(Address);
        IPage page = watched.Page;
        await watched.GoAsync("/");
        await page.WaitForURLAsync("**/app/logged");
        await Assertions.Expect(page.Locator("nav.side a")).ToHaveTextAsync(["Expenses", "Import", "Receipts", "Transactions"]);

        // The function has stored it, and its answer is lost on the way.
        int sent = 0;
        await page.RouteAsync("**/logexpense", async route =>
        {
            IAPIResponse answer = await route.FetchAsync();
            Assert.Equal(200, answer.Status);
            if (sent++ == 0)
            {
                await route.AbortAsync();
                return;
            }

            await route.FulfillAsync(new RouteFulfillOptions { Response = answer });
        });
        await page.Locator("#log-date").FillAsync("2025-06-17");
        await page.Locator("#log-description").FillAsync("Taxi to the airport");
        await page.Locator("#log-amount").FillAsync("1,234.56");
        await page.Locator("#log-currency").SelectOptionAsync("EUR");
        ILocator save = page.GetByRole(AriaRole.Button, new() { Name = "Save the expense" });
        await save.ClickAsync();
        await Assertions.Expect(page.GetByText("The server did not answer.")).ToBeVisibleAsync();
        await save.ClickAsync();
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("Stored: Taxi to the airport, 1,234.56 EUR");
        Assert.Equal(2, sent);

        await Assertions.Expect(page.Locator("table.records tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("table.records tbody tr")).ToContainTextAsync("1,234.56 EUR");
        await Assertions.Expect(page.Locator("#totals tfoot td")).ToHaveTextAsync(["1", "1,234.56\u00a0EUR", "1,358.02"]);

        // What the filters leave out is neither in the list nor in the totals.
        await page.Locator("#f-from").FillAsync("2025-06-18");
        await Assertions.Expect(page.GetByText("Nothing matches these filters.")).ToBeVisibleAsync();
        await watched.AssertAccessibleAsync();
        await watched.AssertFitsAsync();

        await page.Locator("#r-month").FillAsync("2025-06");
        await page.GetByRole(AriaRole.Button, new() { Name = "Download CSV" }).ClickAsync();
        await Assertions.Expect(page.GetByText("There is no report for 2025-06 yet.")).ToBeVisibleAsync();
        Assert.True((await _environment!.InvokeAsync("monthly-report", """{"month":"2025-06"}"""u8.ToArray(), null, TestContext.Current.CancellationToken)).Succeeded);
        IDownload download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Download CSV" }).ClickAsync());
        Assert.Contains("1234.56", await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        foreach ((string path, string text) in ((string, string)[])[("/app/sightings", "No receipt is stored yet."), ("/app/transactions", "No transaction is stored yet."), ("/app/rules", "There is no page at this address.")])
        {
            await watched.TurnToAsync(path);
            await Assertions.Expect(page.GetByText(text)).ToBeVisibleAsync();
            await watched.AssertAccessibleAsync();
        }

        await watched.TurnToAsync("/app/import");
        await ImportPreviewTests.DropAsync(page, "two.csv", "date,amount,currency\n2025-01-01,10.00,USD\n2025-01-02,2.50,USD\n");
        await Assertions.Expect(page.Locator("#local-title")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("There is no server here that imports files.")).ToBeVisibleAsync();
        watched.AssertQuiet("logexpense", "net::ERR_FAILED", "reports/2025-06", "status of 404");
    }
}
