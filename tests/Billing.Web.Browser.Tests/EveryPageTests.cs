using Microsoft.Playwright;

namespace Billing.Web.Browser.Tests;

/// <summary>Every page, filled, light and dark, on a desk and on a phone: nothing for axe to find, nothing wider than the screen, no error. With PICTURES=1 its pictures are written to docs/pictures.</summary>
public sealed class EveryPageTests(Chromium chromium, FilledHost host) : IClassFixture<FilledHost>
{
    private static readonly (string Name, string Path, string Ready)[] s_pages =
    [
        ("overview", "/?month=2025-06", "#figures"),
        ("expenses", "/app/expenses?month=2025-06", "table.records tbody tr"),
        ("import", "/app/import", ".drop"),
        ("quarantine", "/app/quarantine", "article.card"),
        ("pending", "/app/pending", "article.card"),
        ("receipts", "/app/receipts", "table.records tbody tr"),
        ("month", "/app/month?month=2025-06", "#month-figures"),
        ("budgets", "/app/budgets?month=2025-06", "table.records tbody tr"),
        ("runs", "/app/runs", "article.card"),
        ("rules", "/app/rules", "#rules-text"),
    ];

    [Theory]
    [InlineData("light", 1280, "en-GB")]
    [InlineData("dark", 1280, "de-DE")]
    [InlineData("light", 360, "de-DE")]
    [InlineData("dark", 360, "en-GB")]
    public async Task Every_page_is_accessible_fits_and_is_quiet(string theme, int width, string language)
    {
        await using WatchedPage watched = await chromium.OpenAsync(host.Address, width, width > 600 ? 860 : 740, theme, language);
        List<string> faults = [];
        foreach ((string name, string path, string ready) in s_pages)
        {
            await watched.TurnToAsync(path);
            await watched.Page.Locator(ready).First.WaitForAsync();
            if (name == "import")
            {
                await ImportPreviewTests.DropAsync(watched.Page, "june.csv", "date,company,amount,currency\n2025-06-01,Acme,10.00,USD\n2025-06-02,Boulangerie,20.00,CAD\nnever,Acme,1.00,USD\n");
                await watched.Page.Locator("#local-title").WaitForAsync();
                await watched.Page.GetByRole(AriaRole.Button, new() { Name = language == "de-DE" ? "Mit dem Hauptbuch vergleichen" : "Compare with the ledger" }).ClickAsync();
                await watched.Page.Locator("#compare-title").WaitForAsync();
            }

            faults.AddRange((await watched.InaccessibleAsync()).Select(fault => $"{path}: {fault}"));
            faults.AddRange((await watched.BeyondAsync()).Select(fault => $"{path}: {fault}"));
            if (Environment.GetEnvironmentVariable("PICTURES") == "1")
            {
                await watched.Page.EvaluateAsync("() => scrollTo(0, 0)");
                await watched.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Repository.PathTo("docs", "pictures", $"web-{name}-{(width > 600 ? "desk" : "phone")}-{theme}.png") });
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        watched.AssertQuiet();
    }
}
