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
        context.SetDefaultTimeout(20_000);
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
                _faults.Add($"console {message.Type}: {message.Text} {message.Location}");
            }
        };
        page.PageError += (_, error) => _faults.Add($"error: {error}");
        page.RequestFailed += (_, request) =>
        {
            // What a page still asks for when it is left is given up by the browser.
            if (request.Failure != "net::ERR_ABORTED")
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

    /// <summary>A page that has started, in the place of what the host drew.</summary>
    public const string Started = "#app > .shell nav.side";

    /// <summary>Goes to a page, and waits for its heading.</summary>
    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(path);
        try
        {
            await Page.Locator(Started).WaitForAsync();
            await Page.Locator("h1").WaitForAsync();
        }
        catch (TimeoutException)
        {
            AssertQuiet();
            throw;
        }
    }

    /// <summary>Goes to a page as its links do: what is loaded stays.</summary>
    public async Task TurnToAsync(string path)
    {
        if (Page.Url == "about:blank")
        {
            await GoAsync(path);
            return;
        }

        await Page.EvaluateAsync("path => Blazor.navigateTo(path)", path);
        await Page.WaitForURLAsync(url => url.EndsWith(path, StringComparison.Ordinal));
    }

    /// <summary>Fails if something went wrong in the page. Faults that are expected begin with one of <paramref name="except"/>.</summary>
    public void AssertQuiet(params string[] except)
    {
        string[] faults = [.. _faults.Where(fault => !except.Any(expected => fault.Contains(expected, StringComparison.Ordinal)))];
        Assert.True(faults.Length == 0, string.Join('\n', faults));
    }

    /// <summary>Fails if axe finds something against WCAG 2.2 AA, or its best practices.</summary>
    public async Task AssertAccessibleAsync()
    {
        IReadOnlyList<string> found = await InaccessibleAsync();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    /// <summary>Fails if the page must be scrolled sideways.</summary>
    public async Task AssertFitsAsync()
    {
        IReadOnlyList<string> found = await BeyondAsync();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    /// <summary>What axe finds.</summary>
    public async Task<IReadOnlyList<string>> InaccessibleAsync() =>
        [.. (await Page.RunAxe()).Violations.Select(violation => $"{violation.Id}: {violation.Help}\n  {string.Join("\n  ", violation.Nodes.Select(node => node.Html))}")];

    /// <summary>Whether the page must be scrolled sideways.</summary>
    public async Task<IReadOnlyList<string>> BeyondAsync() =>
        await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth") is > 0 and int pixels ? [$"{pixels} pixels wider than the screen"] : [];

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
