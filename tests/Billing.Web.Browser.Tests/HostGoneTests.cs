using Microsoft.Playwright;

namespace Billing.Web.Browser.Tests;

/// <summary>The host ends while somebody types, and comes back.</summary>
public sealed class HostGoneTests(Chromium chromium)
{
    [Fact]
    public async Task Nothing_typed_is_lost_and_the_form_is_stored_once_when_the_host_is_back()
    {
        await using RunningHost host = await RunningHost.StartAsync();
        await using WatchedPage watched = await chromium.OpenAsync(host.Address);
        await watched.GoAsync("/app/expenses");
        await Assertions.Expect(watched.Page.GetByText("Nothing is stored yet.")).ToBeVisibleAsync();
        await ExpenseFlowTests.FillAsync(watched.Page, "2025-06-25", "Typed before it was gone", "12.00");
        await host.EndAsync();
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "Save the expense" }).ClickAsync();
        await Assertions.Expect(watched.Page.GetByText("The server cannot be reached.")).ToBeVisibleAsync();
        await Assertions.Expect(watched.Page.Locator("#expense-description")).ToHaveValueAsync("Typed before it was gone");
        await host.BeginAsync();

        // Also a reader who loads the page again finds what was typed.
        await watched.GoAsync("/app/expenses");
        await Assertions.Expect(watched.Page.Locator("#expense-description")).ToHaveValueAsync("Typed before it was gone");
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "Save the expense" }).ClickAsync();
        await Assertions.Expect(watched.Page.Locator(".toast")).ToContainTextAsync("Stored: Typed before it was gone");
        using Books books = new(host.Address);
        Assert.Equal(1, (await books.FindAsync("Typed before it was gone")).Billed.Rows);
        watched.AssertQuiet("ERR_CONNECTION_REFUSED", "ERR_INCOMPLETE_CHUNKED_ENCODING", "ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE");
    }
}
