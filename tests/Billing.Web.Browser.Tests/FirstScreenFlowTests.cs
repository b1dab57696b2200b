using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Billing.Web.Browser.Tests;

/// <summary>The screen that comes with the page: there before the page has started, shut until then, and the same after it.</summary>
public sealed class FirstScreenFlowTests(Chromium chromium, FilledHost host) : IClassFixture<FilledHost>
{
    private const string First = "#first";

    [Theory]
    [InlineData("/?month=2025-06", "#figures", "light", 1280, "en-GB")]
    [InlineData("/?month=2025-06", "#figures", "dark", 360, "de-DE")]
    [InlineData("/app/expenses?month=2025-06", "table.records tbody tr", "dark", 1280, "de-DE")]
    [InlineData("/app/expenses?month=2025-06", "table.records tbody tr", "light", 360, "en-US")]
    public async Task It_is_there_before_the_page_has_started_and_the_page_shows_the_same(string path, string figures, string theme, int width, string language)
    {
        await using WatchedPage watched = await chromium.OpenAsync(host.Address, width, 900, theme, language);
        IPage page = watched.Page;
        ConcurrentBag<string> asked = [];
        page.Request += (_, request) => asked.Add(new Uri(request.Url).AbsolutePath);
        TaskCompletionSource start = await HoldAsync(page);
        await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Commit });
        await Assertions.Expect(page.Locator($"{First} {figures}").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator($"{First} :is(input, select, button, textarea):enabled")).ToHaveCountAsync(0);
        await watched.AssertFitsAsync();
        await watched.AssertAccessibleAsync();
        string drawn = await page.Locator($"{First} main").InnerTextAsync();
        start.SetResult();
        await page.Locator(WatchedPage.Started).WaitForAsync();
        await Assertions.Expect(page.Locator(First)).ToHaveCountAsync(0);
        Assert.Equal(Words(drawn), Words(await page.Locator("#app > .shell main").InnerTextAsync()));
        Assert.DoesNotContain("/api/session", asked);
        Assert.DoesNotContain("/api/overview", asked);
        Assert.DoesNotContain("/api/records", asked);
        watched.AssertQuiet();
    }

    [Fact]
    public async Task What_is_stored_while_the_page_starts_is_shown_when_it_has_started()
    {
        await using RunningHost own = await RunningHost.StartAsync();
        using Books books = new(own.Address);
        await books.EnterAsync("2026-11-02", "Printer paper", "10.00");
        await using WatchedPage watched = await chromium.OpenAsync(own.Address);
        TaskCompletionSource start = await HoldAsync(watched.Page);
        await watched.Page.GotoAsync("/app/expenses", new() { WaitUntil = WaitUntilState.Commit });
        await Assertions.Expect(watched.Page.Locator($"{First} table.records tbody tr")).ToHaveCountAsync(1);
        await books.EnterAsync("2026-11-03", "Toner", "55.00");
        start.SetResult();
        await Assertions.Expect(watched.Page.Locator("#app > .shell table.records tbody tr")).ToHaveCountAsync(2);
        watched.AssertQuiet();
    }

    [Fact]
    public async Task Its_links_work_before_the_page_has_started()
    {
        await using WatchedPage watched = await chromium.OpenAsync(host.Address);
        TaskCompletionSource start = await HoldAsync(watched.Page);
        await watched.Page.GotoAsync("/?month=2025-06", new() { WaitUntil = WaitUntilState.Commit });
        await watched.Page.Locator($"{First} nav").GetByRole(AriaRole.Link, new() { Name = "Expenses" }).ClickAsync();
        await Assertions.Expect(watched.Page.Locator($"{First} table.records tbody tr").First).ToBeVisibleAsync();
        start.SetResult();
        await watched.Page.Locator(WatchedPage.Started).WaitForAsync();
        Assert.EndsWith("/app/expenses", watched.Page.Url, StringComparison.Ordinal);
        watched.AssertQuiet();
    }

    [Fact]
    public async Task The_language_that_was_chosen_is_that_of_the_next_first_screen()
    {
        await using WatchedPage watched = await chromium.OpenAsync(host.Address);
        await watched.GoAsync("/");
        await watched.Page.GetByLabel("Language").SelectOptionAsync("de");
        await Assertions.Expect(watched.Page.Locator("h1")).ToHaveTextAsync("Übersicht");
        TaskCompletionSource start = await HoldAsync(watched.Page);
        await watched.Page.GotoAsync("/", new() { WaitUntil = WaitUntilState.Commit });
        await Assertions.Expect(watched.Page.Locator($"{First} h1")).ToHaveTextAsync("Übersicht");
        start.SetResult();
        await watched.Page.Locator(WatchedPage.Started).WaitForAsync();
        await Assertions.Expect(watched.Page.Locator("h1")).ToHaveTextAsync("Übersicht");
        watched.AssertQuiet();
    }

    [Fact]
    public async Task Without_scripts_the_figures_are_there()
    {
        await using IBrowserContext context = await chromium.Browser.NewContextAsync(new() { BaseURL = host.Address, JavaScriptEnabled = false });
        IPage page = await context.NewPageAsync();
        await page.GotoAsync("/?month=2025-06");
        await Assertions.Expect(page.Locator("#figures")).ToBeVisibleAsync();
    }

    // What the page runs on is kept back until the test lets it come.
    private static async Task<TaskCompletionSource> HoldAsync(IPage page)
    {
        TaskCompletionSource start = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await page.RouteAsync("**/_framework/**", async route =>
        {
            await start.Task;
            await route.ContinueAsync();
        });
        return start;
    }

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
