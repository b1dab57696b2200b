using Microsoft.Playwright;

namespace Billing.PageTimes;

/// <summary>Pages in Chromium: from the address until what they are for is on the screen, and until it can be used: what the host draws is shut until the page has started.</summary>
internal sealed class Screens : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly Uri _address;

    private Screens(IPlaywright playwright, IBrowser browser, Uri address) => (_playwright, _browser, _address) = (playwright, browser, address);

    /// <summary>The pages, and what they are for.</summary>
    public static IReadOnlyList<(string What, string Path, string Ready)> All { get; } =
    [
        ("the overview with its figures", "/?month=2025-06", "#figures"),
        ("the overview, its fields open", "/?month=2025-06", "#app > .shell #figures"),
        ("the list of expenses", "/app/expenses?month=2025-06", "table.records tbody tr"),
        ("the list of expenses, its fields open", "/app/expenses?month=2025-06", "#app > .shell table.records tbody tr"),
    ];

    public static async Task<Screens> OpenAsync(Uri address)
    {
        IPlaywright playwright = await Playwright.CreateAsync();
        IBrowser browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
        return new Screens(playwright, browser, address);
    }

    public async Task<(List<double> Cold, List<double> Cached)> MeasureAsync(string path, string ready, int rounds)
    {
        (List<double> cold, List<double> cached) = ([], []);
        for (int round = 0; round < rounds; round++)
        {
            // A context has a cache of its own, empty at first.
            await using IBrowserContext context = await _browser.NewContextAsync();
            cold.Add(await ShowAsync(context, path, ready));
            cached.Add(await ShowAsync(context, path, ready));
        }

        return (cold, cached);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private async Task<double> ShowAsync(IBrowserContext context, string path, string ready)
    {
        IPage page = await context.NewPageAsync();

        // The frame after the one in which it is there: by then it is on the screen.
        await page.AddInitScriptAsync($$"""
            const look = () => document.querySelector('{{ready}}') ? requestAnimationFrame(() => { window.shown = performance.now(); }) : requestAnimationFrame(look);
            requestAnimationFrame(look);
            """);
        await page.GotoAsync(new Uri(_address, path).ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        double time = await (await page.WaitForFunctionAsync("() => window.shown")).JsonValueAsync<double>();
        await page.CloseAsync();
        return time;
    }
}
