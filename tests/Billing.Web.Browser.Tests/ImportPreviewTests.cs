using Microsoft.Playwright;

namespace Billing.Web.Browser.Tests;

/// <summary>A file is inspected, mapped and previewed in the browser, before anything of it is sent.</summary>
public sealed class ImportPreviewTests(Chromium chromium)
{
    private const string German = "Buchungstag;Zweck;Betrag;W\u00e4hrung\n16.01.2025;Miete;\"-1.000,00\";EUR\n17.01.2025;Gehalt;\"3.001,01\";EUR\nmorgen;Rad;\"-89,90\";EUR\n";

    [Fact]
    public async Task A_dropped_file_shows_its_layout_and_what_each_row_becomes_and_nothing_is_sent()
    {
        await using StaticHost host = await StaticHost.StartAsync();
        host.ReportingCurrency = "EUR";
        await using WatchedPage watched = await chromium.OpenAsync(host.Address);
        await watched.GoAsync("/app/import");
        await DropAsync(watched.Page, "konto.csv", German);
        await Assertions.Expect(watched.Page.Locator("#local-title")).ToBeVisibleAsync();
        await Assertions.Expect(watched.Page.GetByLabel("What the column Betrag is")).ToHaveValueAsync("amount");
        await Assertions.Expect(watched.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "3,001.01 EUR" })).ToHaveCountAsync(1);
        await Assertions.Expect(watched.Page.GetByText("Date cannot be read")).ToHaveCountAsync(1);
        Assert.All(host.Requests, request => Assert.StartsWith("GET ", request, StringComparison.Ordinal));
        await watched.AssertAccessibleAsync();
        watched.AssertQuiet();
    }

    [Fact]
    public async Task Totals_that_the_sender_states_prove_or_contradict_a_file_in_the_browser()
    {
        await using StaticHost host = await StaticHost.StartAsync();
        host.ReportingCurrency = "EUR";
        await using WatchedPage watched = await chromium.OpenAsync(host.Address);
        await watched.GoAsync("/app/import");
        await DropAsync(watched.Page, "two.csv", "date,amount,currency\n2025-01-01,10.00,EUR\n2025-01-02,2.50,EUR\n");
        await Assertions.Expect(watched.Page.GetByText("Unproved")).ToBeVisibleAsync();
        await watched.Page.GetByLabel("Number of rows").FillAsync("2");
        await watched.Page.GetByLabel("Sum of amounts").FillAsync("12.50");
        await watched.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(watched.Page.GetByText("Proved", new() { Exact = true })).ToBeVisibleAsync();
        await watched.Page.GetByLabel("Sum of amounts").FillAsync("13");
        await watched.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(watched.Page.GetByText("Contradicted", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(watched.Page.GetByRole(AriaRole.Cell, new() { Name = "\u22120.50" })).ToBeVisibleAsync();
        watched.AssertQuiet();
    }

    [Fact]
    public async Task The_role_of_a_column_is_changed_by_hand()
    {
        await using StaticHost host = await StaticHost.StartAsync();
        await using WatchedPage watched = await chromium.OpenAsync(host.Address);
        await watched.GoAsync("/app/import");
        await DropAsync(watched.Page, "shop.csv", "date,amount,currency,who\n2025-01-01,10.00,USD,Acme\n");
        await watched.Page.GetByLabel("What the column who is").SelectOptionAsync("party");
        await Assertions.Expect(watched.Page.GetByLabel("What the column who is")).ToHaveValueAsync("party");
        await Assertions.Expect(watched.Page.Locator("td[data-name=Party]", new() { HasText = "Acme" })).ToBeVisibleAsync();
        await watched.Page.GetByLabel("Sign of the amounts").SelectOptionAsync("reversed");
        await Assertions.Expect(watched.Page.Locator("td[data-name=Amount]", new() { HasText = "\u221210.00 USD" })).ToBeVisibleAsync();
        watched.AssertQuiet();
    }

    [Fact]
    public async Task The_page_is_transferred_in_less_than_three_and_a_half_megabytes()
    {
        await using StaticHost host = await StaticHost.StartAsync();
        await using WatchedPage watched = await chromium.OpenAsync(host.Address);
        await watched.GoAsync("/app/import");
        await watched.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        TestContext.Current.TestOutputHelper?.WriteLine($"{host.BytesSent} bytes");
        Assert.InRange(host.BytesSent, 500_000, 3_500_000);
        watched.AssertQuiet();
    }

    internal static Task DropAsync(IPage page, string name, string text) =>
        page.Locator("#files").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(text) });
}
