using Billing.Web.Contracts;
using Microsoft.Playwright;

namespace Billing.Web.Browser.Tests;

/// <summary>Expenses, on the real host: entered once, edited by two, deleted and brought back; and the host that is gone for a moment.</summary>
public sealed class ExpenseFlowTests(Chromium chromium, FilledHost host) : IClassFixture<FilledHost>
{
    [Fact]
    public async Task An_expense_that_is_sent_twice_is_stored_once_and_every_open_page_shows_it()
    {
        await using WatchedPage watched = await chromium.OpenAsync(host.Address);
        await watched.GoAsync("/app/expenses");
        IPage other = await watched.Context.NewPageAsync();
        watched.Watch(other);
        await other.GotoAsync("/app/expenses");
        await Assertions.Expect(other.Locator("table.records tbody tr").First).ToBeVisibleAsync();
        await FillAsync(watched.Page, "2025-06-25", "Taxi to the bank", "31.20");
        await Assertions.Expect(watched.Page.Locator("#expense-category-hint")).ToContainTextAsync("Travel");
        await watched.Page.EvaluateAsync("() => { const form = document.querySelector('form'); form.requestSubmit(); form.requestSubmit(); }");
        await Assertions.Expect(watched.Page.Locator(".toast")).ToContainTextAsync("Stored: Taxi to the bank, 31.20 USD, Travel.");
        await Assertions.Expect(other.GetByText("Taxi to the bank")).ToHaveCountAsync(1);
        using Books books = new(host.Address);
        Assert.Equal(1, (await books.FindAsync("Taxi to the bank")).Billed.Rows);
        watched.AssertQuiet();
    }

    [Fact]
    public async Task What_is_filtered_is_added_up()
    {
        await using WatchedPage watched = await chromium.OpenAsync(host.Address);
        await watched.GoAsync("/app/expenses");
        await watched.Page.Locator("#f-text").FillAsync("airport");
        await watched.Page.Keyboard.PressAsync("Enter");
        ILocator totals = watched.Page.Locator("section p[role=status]");
        await Assertions.Expect(totals).ToContainTextAsync("1 record");
        await Assertions.Expect(totals).ToContainTextAsync("61.75\u00a0CAD");
        await Assertions.Expect(totals).ToContainTextAsync("46.31 USD");
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "Clear the filters" }).ClickAsync();
        await watched.Page.Locator("#f-category").FillAsync("nothing of the kind");
        await watched.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(watched.Page.GetByText("Nothing matches these filters.")).ToBeVisibleAsync();
        watched.AssertQuiet();
    }

    [Fact]
    public async Task The_second_of_two_editors_is_told_and_loses_nothing()
    {
        using Books books = new(host.Address);
        RecordReply expense = await books.EnterAsync("2025-06-26", "Team dinner", "140.00");
        await using WatchedPage watched = await chromium.OpenAsync(host.Address);
        await watched.GoAsync("/app/expenses");
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "Edit Team dinner, 26 Jun 2025" }).ClickAsync();
        await watched.Page.Locator("#edit-description").FillAsync("Team dinner, six people");
        await books.EditAsync(expense, "Team dinner, April");
        await watched.Page.Locator("dialog button[type=submit]").ClickAsync();
        await Assertions.Expect(watched.Page.GetByText("Somebody else changed this expense while you edited it.")).ToBeVisibleAsync();
        await Assertions.Expect(watched.Page.Locator("#edit-description")).ToHaveValueAsync("Team dinner, six people");
        await watched.AssertAccessibleAsync();
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "Save mine" }).ClickAsync();
        await Assertions.Expect(watched.Page.Locator(".toast")).ToContainTextAsync("Changed: Team dinner, six people.");
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "History of Team dinner, six people, 26 Jun 2025" }).ClickAsync();
        await Assertions.Expect(watched.Page.Locator("dialog#life")).ToContainTextAsync("Team dinner, April");
        watched.AssertQuiet("412");
    }

    [Fact]
    public async Task A_deleted_record_comes_back()
    {
        using Books books = new(host.Address);
        await books.EnterAsync("2025-06-27", "Window cleaning", "90.00");
        await using WatchedPage watched = await chromium.OpenAsync(host.Address);
        await watched.GoAsync("/app/expenses");
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "Delete Window cleaning, 27 Jun 2025" }).ClickAsync();
        await Assertions.Expect(watched.Page.Locator("table.records").GetByText("Window cleaning")).ToHaveCountAsync(0);
        Assert.Equal(0, (await books.FindAsync("Window cleaning")).Billed.Rows);
        await watched.Page.Locator("#toast-action").ClickAsync();
        await Assertions.Expect(watched.Page.Locator("table.records").GetByText("Window cleaning")).ToHaveCountAsync(1);
        Assert.Equal(1, (await books.FindAsync("Window cleaning")).Billed.Rows);
        watched.AssertQuiet();
    }

    [Fact]
    public async Task An_expense_is_entered_by_keyboard_alone()
    {
        await using WatchedPage watched = await chromium.OpenAsync(host.Address);
        await watched.GoAsync("/app/expenses");
        await watched.Page.Locator("#expense-description").WaitForAsync();
        await watched.Page.Keyboard.PressAsync("Tab");
        for (int i = 0; i < 40 && await FocusedAsync(watched.Page) != "expense-description"; i++)
        {
            await watched.Page.Keyboard.PressAsync("Tab");
        }

        Assert.Equal("expense-description", await FocusedAsync(watched.Page));
        await watched.Page.Keyboard.TypeAsync("Bus ticket");
        await watched.Page.Keyboard.PressAsync("Tab");
        await watched.Page.Keyboard.TypeAsync("2.80");
        await watched.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(watched.Page.Locator(".toast")).ToContainTextAsync("Stored: Bus ticket, 2.80 USD");
        Assert.Equal("expense-description", await FocusedAsync(watched.Page));
        watched.AssertQuiet();
    }

    [Theory]
    [InlineData(640)]
    [InlineData(320)]
    public async Task Messages_beside_the_fields_fit_at_large_zoom(int width)
    {
        await using WatchedPage watched = await chromium.OpenAsync(host.Address, width, 480);
        await watched.GoAsync("/app/expenses");
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "Save the expense" }).ClickAsync();
        await Assertions.Expect(watched.Page.Locator("#expense-description-fault")).ToHaveTextAsync("Say what it was for.");
        Assert.Equal("expense-description", await FocusedAsync(watched.Page));
        await watched.AssertFitsAsync();
        await watched.AssertAccessibleAsync();
        watched.AssertQuiet();
    }

    internal static async Task FillAsync(IPage page, string date, string description, string amount)
    {
        await page.Locator("#expense-date").FillAsync(date);
        await page.Locator("#expense-description").FillAsync(description);
        await page.Locator("#expense-amount").FillAsync(amount);
        await page.Locator("#expense-amount").BlurAsync();
    }

    private static Task<string> FocusedAsync(IPage page) => page.EvaluateAsync<string>("() => document.activeElement?.id ?? ''");
}
