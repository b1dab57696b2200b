using Microsoft.Playwright;

namespace Billing.Web.Browser.Tests;

/// <summary>The same rules, and the same budgets, edited in two tabs and by two people: the second is told, and nothing is lost.</summary>
public sealed class TwoTabsTests(Chromium chromium) : IAsyncLifetime
{
    private const string Mine = """{ "rules": [ { "name": "mine", "when": { "text": "paper" }, "category": "Mine" } ] }""";
    private const string Theirs = """{ "rules": [ { "name": "theirs", "when": { "text": "paper" }, "category": "Theirs" } ] }""";
    private const string MyBudget = """{ "budgets": [ { "amount": 222 } ] }""";
    private const string TheirBudget = """{ "budgets": [ { "amount": 111 } ] }""";
    private RunningHost? _host;

    private string Address => _host!.Address;

    public async ValueTask InitializeAsync()
    {
        _host = await RunningHost.StartAsync();
        using Books books = new(Address);
        await books.EnterAsync("2026-11-02", "Printer paper", "10.00");
    }

    public ValueTask DisposeAsync() => _host?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Theory]
    [InlineData("Use for what comes only", true)]
    [InlineData("Apply to what is stored, and to what comes", true)]
    [InlineData("Apply to what is stored, and to what comes", false)]
    public async Task The_second_who_saves_rules_is_told_and_no_record_moves_before_they_decide(string button, bool isOneBrowser)
    {
        await using WatchedPage first = await chromium.OpenAsync(Address);
        await using WatchedPage? other = isOneBrowser ? null : await chromium.OpenAsync(Address);
        await first.GoAsync("/app/rules");
        IPage second = other is null ? await first.Context.NewPageAsync() : other.Page;
        await second.GotoAsync("/app/rules");
        await TypeAsync(second, "#rules-text", Mine);
        await TypeAsync(first.Page, "#rules-text", Theirs);
        await TryAsync(first.Page);
        await TryAsync(second);
        await first.Page.GetByRole(AriaRole.Button, new() { Name = "Use for what comes only" }).ClickAsync();
        await Assertions.Expect(first.Page.Locator(".toast")).ToContainTextAsync("The rules are in force for what comes.");

        // The page of the second hears of it: what would overwrite the first is shut until they decide.
        ILocator told = second.GetByText("Somebody else changed this after you began your draft.");
        await Assertions.Expect(told).ToBeVisibleAsync();
        await Assertions.Expect(second.GetByRole(AriaRole.Button, new() { Name = button })).ToBeDisabledAsync();
        await Assertions.Expect(second.Locator("#rules-text")).ToHaveValueAsync(Mine);
        using Books books = new(Address);
        Assert.Contains("theirs", await books.RulesAsync(), StringComparison.Ordinal);
        Assert.Null(Assert.Single((await books.FindAsync("paper")).Items).Record.Category);
        await second.Locator("summary", new() { HasText = "Theirs" }).ClickAsync();
        await Assertions.Expect(second.Locator("#behind pre")).ToHaveTextAsync(Theirs);
        if (other is not null)
        {
            await other.AssertAccessibleAsync();
        }

        // Also loaded again, the draft is there and behind; tried and saved once more, it is in force.
        await second.ReloadAsync();
        await Assertions.Expect(second.Locator("#rules-text")).ToHaveValueAsync(Mine);
        await Assertions.Expect(told).ToBeVisibleAsync();
        await second.GetByRole(AriaRole.Button, new() { Name = "Go on with my draft" }).ClickAsync();
        await TryAsync(second);
        await second.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        await Assertions.Expect(second.Locator(".toast")).ToBeVisibleAsync();
        await Assertions.Expect(told).ToHaveCountAsync(0);
        Assert.Contains("mine", await books.RulesAsync(), StringComparison.Ordinal);
        first.AssertQuiet();
        other?.AssertQuiet();
    }

    [Fact]
    public async Task The_second_who_saves_budgets_is_told_also_where_the_page_hears_of_the_first()
    {
        await using WatchedPage first = await chromium.OpenAsync(Address);
        await using WatchedPage second = await chromium.OpenAsync(Address);
        await first.GoAsync("/app/budgets?month=2026-11");
        await second.GoAsync("/app/budgets?month=2026-11");
        await TypeAsync(second.Page, "#b-text", MyBudget);
        await TypeAsync(first.Page, "#b-text", TheirBudget);
        await SaveAsync(first.Page);
        await Assertions.Expect(first.Page.Locator(".toast")).ToContainTextAsync("The budgets are in force.");

        // The page of the second shows the new budget at once, and keeps the draft.
        await Assertions.Expect(second.Page.Locator("table.records")).ToContainTextAsync("111.00 USD");
        await Assertions.Expect(second.Page.Locator("#b-text")).ToHaveValueAsync(MyBudget);
        await Assertions.Expect(second.Page.GetByText("Somebody else changed this after you began your draft.")).ToBeVisibleAsync();
        await Assertions.Expect(second.Page.Locator("#b-text")).ToHaveValueAsync(MyBudget);
        await second.AssertAccessibleAsync();
        await Assertions.Expect(first.Page.Locator("table.records")).ToContainTextAsync("111.00 USD");
        await Assertions.Expect(second.Page.GetByRole(AriaRole.Button, new() { Name = "Save" })).ToBeDisabledAsync();
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Go on with my draft" }).ClickAsync();
        await SaveAsync(second.Page);
        await Assertions.Expect(second.Page.Locator(".toast")).ToContainTextAsync("The budgets are in force.");
        await Assertions.Expect(first.Page.Locator("#b-text")).ToHaveValueAsync(MyBudget);
        first.AssertQuiet();
        second.AssertQuiet();
    }

    [Fact]
    public async Task A_draft_that_was_begun_before_somebody_else_saved_is_told_when_it_is_opened_and_can_be_given_up()
    {
        await using WatchedPage watched = await chromium.OpenAsync(Address);
        await watched.GoAsync("/app/budgets?month=2026-11");
        await TypeAsync(watched.Page, "#b-text", MyBudget);
        await Assertions.Expect(watched.Page.GetByText("Kept in this browser until it is saved.")).ToBeVisibleAsync();
        await watched.Page.GotoAsync("/app/receipts");
        await watched.Page.Locator("#receipts-title").WaitForAsync();
        using Books books = new(Address);
        await books.SetBudgetsAsync(TheirBudget);
        await watched.GoAsync("/app/budgets?month=2026-11");
        await Assertions.Expect(watched.Page.GetByText("Somebody else changed this after you began your draft.")).ToBeVisibleAsync();
        await Assertions.Expect(watched.Page.Locator("#b-text")).ToHaveValueAsync(MyBudget);
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "Take theirs, and drop my draft" }).ClickAsync();
        await Assertions.Expect(watched.Page.Locator("#b-text")).ToHaveValueAsync(TheirBudget);
        await watched.GoAsync("/app/budgets?month=2026-11");
        await Assertions.Expect(watched.Page.Locator("#b-text")).ToHaveValueAsync(TheirBudget);
        await Assertions.Expect(watched.Page.GetByText("Somebody else changed this after you began your draft.")).ToHaveCountAsync(0);
        watched.AssertQuiet();
    }

    private static async Task TypeAsync(IPage page, string field, string text)
    {
        await page.Locator(field).WaitForAsync();
        await page.Locator(field).FillAsync(text);
    }

    private static async Task TryAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "See what would move" }).ClickAsync();
        await page.Locator("#rules-why").FillAsync("Because");
        await page.Locator("#rules-why").BlurAsync();
    }

    private static Task SaveAsync(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
}
