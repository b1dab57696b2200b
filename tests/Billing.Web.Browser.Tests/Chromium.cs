using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Billing.Web.Browser.Tests.Chromium))]

namespace Billing.Web.Browser.Tests;

/// <summary>The browser of the tests, started once.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const float PatienceMilliseconds = 20_000;
    private const string Program = "/usr/bin/chromium";
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The browser.</summary>
    public IBrowser Browser => _browser ?? throw new InvalidOperationException("The browser was not started.");

    public async ValueTask InitializeAsync()
    {
        Assert.True(File.Exists(Program), $"{Program} is missing. Install it: apt-get install chromium (./test.sh does it).");
        Assertions.SetDefaultExpectTimeout(PatienceMilliseconds);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Program,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>Opens a page that notes what goes wrong in it.</summary>
    public Task<WatchedPage> OpenAsync(string address, int width = 1280, int height = 900, string theme = "light", string language = "en-GB") =>
        WatchedPage.OpenAsync(Browser, address, width, height, theme, language);

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
