namespace Billing.Web.Browser.Tests;
public sealed class ScratchTests(Chromium chromium)
{
    [Fact]
    public async Task Shots()
    {
        await using StaticHost host = await StaticHost.StartAsync();
        host.ReportingCurrency = "EUR";
        foreach ((string n, int w, int h, string t, string l) in new[] { ("desk-light", 1280, 900, "light", "en-GB"), ("phone-dark", 360, 740, "dark", "de-DE") })
        {
            await using WatchedPage watched = await chromium.OpenAsync(host.Address, w, h, t, l);
            await watched.GoAsync("/import");
            await watched.Page.ScreenshotAsync(new() { Path = $"/tmp/wt/client/tmp/{n}-0.png" });
            await ImportPreviewTests.DropAsync(watched.Page, "konto.csv", "Buchungstag;Zweck;Betrag;W\u00e4hrung\n16.01.2025;Miete;\"-1.000,00\";EUR\n17.01.2025;Gehalt;\"3.001,01\";EUR\nmorgen;Rad;\"-89,90\";EUR\n18.01.2025;Hotel;\"20,00\";USD\n");
            await watched.Page.Locator("#local-title").WaitForAsync();
            await watched.Page.ScreenshotAsync(new() { Path = $"/tmp/wt/client/tmp/{n}-1.png", FullPage = true });
            await watched.AssertFitsAsync();
        }
    }
}
