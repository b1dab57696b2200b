using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Billing.Web.Browser.Tests;

/// <summary>A page in a browser of its own. Errors of the console and requests that failed are noted, and fail the test at its end.</summary>
public sealed class WatchedPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _faults = [];

    private WatchedPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>The context, for a second tab.</summary>
    public IBrowserContext Context => _context;

    /// <summary>What went wrong so far.</summary>
    public IReadOnlyList<string> Faults => _faults;

    public static async Task<WatchedPage> OpenAsync(IBrowser browser, string address, int width, int height, string theme, string language)
    {
        IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = theme == "dark" ? ColorScheme.Dark : ColorScheme.Light,
            Locale = language,
            TimezoneId = "UTC",
            ReducedMotion = ReducedMotion.Reduce,
            AcceptDownloads = true,
        });
        context.SetDefaultTimeout(30_000);
        WatchedPage watched = new(context, await context.NewPageAsync());
        watched.Watch(watched.Page);
        return watched;
    }

    /// <summary>Notes what goes wrong in a page.</summary>
    public void Watch(IPage page)
    {
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _faults.Add($"console {message.Type}: {message.Text}");
            }
        };
        page.PageError += (_, error) => _faults.Add($"error: {error}");
        page.RequestFailed += (_, request) =>
        {
            // A stream of events ends when its page does.
            if (!request.Url.EndsWith("/events", StringComparison.Ordinal))
            {
                _faults.Add($"request failed: {request.Method} {request.Url}: {request.Failure}");
            }
        };
        page.Response += (_, response) =>
        {
            if (response.Status >= 400)
            {
                _faults.Add($"{response.Status}: {response.Request.Method} {response.Url}");
            }
        };
    }

    /// <summary>Goes to a page, and waits for its heading.</summary>
    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(path);
        await Page.Locator("nav.side").WaitForAsync();
        await Page.Locator("h1").WaitForAsync();
    }

    /// <summary>Fails if something went wrong in the page. Faults that are expected begin with one of <paramref name="except"/>.</summary>
    public void AssertQuiet(params string[] except) => Assert.Equal([], _faults.Where(fault => !except.Any(expected => fault.Contains(expected, StringComparison.Ordinal))));

    /// <summary>Fails if axe finds something against WCAG 2.2 AA, or its best practices.</summary>
    public async Task AssertAccessibleAsync()
    {
        AxeResult result = await Page.RunAxe();
        Assert.True(result.Violations.Length == 0, string.Join('\n', result.Violations.Select(violation => $"{violation.Id}: {violation.Help}\n  {string.Join("\n  ", violation.Nodes.Select(node => node.Html))}")));
    }

    /// <summary>Fails if the page must be scrolled sideways.</summary>
    public async Task AssertFitsAsync()
    {
        int beyond = await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(beyond <= 0, $"{Page.Url} is {beyond} pixels wider than the screen.");
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
