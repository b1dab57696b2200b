using Microsoft.Playwright;

namespace Billing.Web.Browser.Tests;

/// <summary>What is typed in two tabs of one browser: each tab keeps its own across a reload, and a tab that is opened anew takes up what one that is gone left.</summary>
public sealed class TabDraftsTests(Chromium chromium) : IAsyncLifetime
{
    private RunningHost? _host;

    public async ValueTask InitializeAsync() => _host = await RunningHost.StartAsync();

    public ValueTask DisposeAsync() => _host?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Expenses_typed_in_two_tabs_are_two_and_storing_one_leaves_the_other()
    {
        await using WatchedPage first = await chromium.OpenAsync(_host!.Address);
        await first.GoAsync("/app/expenses");
        await ExpenseFlowTests.FillAsync(first.Page, "2026-11-02", "Printer paper", "10.00");
        await Assertions.Expect(first.Page.GetByText("Kept in this browser until it is saved.")).ToBeVisibleAsync();

        // What somebody types in a tab that is open is not offered in another: it would be one expense, under one key, in two forms.
        IPage second = await first.Context.NewPageAsync();
        first.Watch(second);
        await GoAsync(second, "/app/expenses");
        await Assertions.Expect(second.Locator("#expense-description")).ToHaveValueAsync("");
        await ExpenseFlowTests.FillAsync(second, "2026-11-03", "Toner", "55.00");
        await ReloadAsync(first.Page);
        await Assertions.Expect(first.Page.Locator("#expense-description")).ToHaveValueAsync("Printer paper");
        await SaveAsync(first.Page);
        await Assertions.Expect(first.Page.Locator(".toast")).ToContainTextAsync("Stored: Printer paper, 10.00 USD");
        await ReloadAsync(first.Page);
        await Assertions.Expect(first.Page.Locator("#expense-description")).ToHaveValueAsync("");

        // The other is still there: in its tab loaded again, and, when that is closed, in one opened anew.
        await ReloadAsync(second);
        await Assertions.Expect(second.Locator("#expense-description")).ToHaveValueAsync("Toner");
        await second.CloseAsync();
        IPage third = await first.Context.NewPageAsync();
        first.Watch(third);
        await GoAsync(third, "/app/expenses");
        await Assertions.Expect(third.Locator("#expense-description")).ToHaveValueAsync("Toner");
        await SaveAsync(third);
        await Assertions.Expect(third.Locator(".toast")).ToContainTextAsync("Stored: Toner, 55.00 USD");
        IPage fourth = await first.Context.NewPageAsync();
        await GoAsync(fourth, "/app/expenses");
        await Assertions.Expect(fourth.Locator("#expense-description")).ToHaveValueAsync("");
        using Books books = new(_host.Address);
        Assert.Equal(["Printer paper", "Toner"], (await books.FindAsync("")).Items.Select(item => item.Record.Description).Order());
        first.AssertQuiet();
    }

    [Fact]
    public async Task Rules_typed_in_two_tabs_are_each_there_after_a_reload()
    {
        const string mine = """{ "rules": [ { "name": "mine", "when": { "text": "paper" }, "category": "Mine" } ] }""";
        const string theirs = """{ "rules": [ { "name": "theirs", "when": { "text": "paper" }, "category": "Theirs" } ] }""";
        await using WatchedPage first = await chromium.OpenAsync(_host!.Address);
        await first.GoAsync("/app/rules");
        IPage second = await first.Context.NewPageAsync();
        first.Watch(second);
        await GoAsync(second, "/app/rules");
        await second.Locator("#rules-text").FillAsync(mine);
        await first.Page.Locator("#rules-text").FillAsync(theirs);
        await Assertions.Expect(first.Page.GetByText("Kept in this browser until it is saved.")).ToBeVisibleAsync();
        List<IPage> others = [];
        foreach (string text in (string[])["a", "b", "c"])
        {
            IPage other = await first.Context.NewPageAsync();
            await GoAsync(other, "/app/rules");
            await other.Locator("#rules-text").FillAsync(text);
            await Assertions.Expect(other.GetByText("Kept in this browser until it is saved.")).ToBeVisibleAsync();
            others.Add(other);
        }

        foreach (IPage other in others)
        {
            await other.CloseAsync();
        }

        // Its own, and not what a closed tab left: no draft has moved.
        const string drafts = "() => Object.keys(localStorage).filter(key => key.includes('draft.rules|')).sort().join()";
        string before = await second.EvaluateAsync<string>(drafts);
        await ReloadAsync(second);
        await Assertions.Expect(second.Locator("#rules-text")).ToHaveValueAsync(mine);
        Assert.Equal(before, await second.EvaluateAsync<string>(drafts));
        await second.GetByRole(AriaRole.Button, new() { Name = "Discard the draft" }).ClickAsync();
        await ReloadAsync(second);
        await Assertions.Expect(second.Locator("#rules-text")).Not.ToHaveValueAsync(mine);
        await ReloadAsync(first.Page);
        await Assertions.Expect(first.Page.Locator("#rules-text")).ToHaveValueAsync(theirs);
        first.AssertQuiet();
    }

    [Fact]
    public async Task Files_dropped_in_two_tabs_are_each_asked_for_where_they_were_dropped()
    {
        await using WatchedPage first = await chromium.OpenAsync(_host!.Address);
        await first.GoAsync("/app/import");
        IPage second = await first.Context.NewPageAsync();
        first.Watch(second);
        await GoAsync(second, "/app/import");
        await DropAsync(first.Page, "june.csv");
        await DropAsync(second, "july.csv");
        await ReloadAsync(first.Page);
        await ReloadAsync(second);
        await Assertions.Expect(Asked(first.Page)).ToHaveTextAsync(["june.csv"]);
        await Assertions.Expect(Asked(second)).ToHaveTextAsync(["july.csv"]);

        // What is dropped again is asked for no more, also after another reload.
        await DropAsync(first.Page, "june.csv");
        await Assertions.Expect(Asked(first.Page)).ToHaveCountAsync(0);
        await second.GetByRole(AriaRole.Button, new() { Name = "They are not needed" }).ClickAsync();
        await Assertions.Expect(Asked(second)).ToHaveCountAsync(0);
        await ReloadAsync(second);
        await second.Locator("input[type=file]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await Assertions.Expect(Asked(second)).ToHaveCountAsync(0);
        await ReloadAsync(first.Page);
        await Assertions.Expect(Asked(first.Page)).ToHaveTextAsync(["june.csv"]);
        first.AssertQuiet();
    }

    private static async Task GoAsync(IPage page, string path)
    {
        await page.GotoAsync(path);
        await page.Locator(WatchedPage.Started).WaitForAsync();
    }

    private static async Task ReloadAsync(IPage page)
    {
        await page.ReloadAsync();
        await page.Locator(WatchedPage.Started).WaitForAsync();
    }

    private static ILocator Asked(IPage page) => page.Locator("#missing li");

    private static async Task DropAsync(IPage page, string name)
    {
        await page.Locator("input[type=file]").First.SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/csv", Buffer = "date,company,amount,currency\n2025-06-01,Acme,1.00,USD\n"u8.ToArray() });
        await page.Locator("#file[data-reads]").WaitForAsync();
    }

    private static Task SaveAsync(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Save the expense" }).ClickAsync();
}
