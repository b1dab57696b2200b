using Billing.Web.Contracts;

namespace Billing.Web.Tests;

/// <summary>A month is reported, closed, kept as it was closed, and restated; budgets and unusual amounts are shown beside it.</summary>
public sealed class MonthTests
{
    [Fact]
    public async Task A_closed_month_stays_as_it_was_and_what_came_later_is_its_restatement()
    {
        await using WebHost host = new();
        HttpClient page = host.Page();
        await WebHost.EnterAsync(page, WebHost.Lunch);
        MonthReply open = await WebHost.GetAsync<MonthReply>(page, "/api/months/2025-06");
        Assert.Equal((0, null, "13.75"), (open.Closings.Count, open.Changes, open.Report.Reporting["USD"].ToString()));
        Assert.Empty(open.Obstacles);
        MonthReply closed = await WebHost.SendAsync<MonthReply>(page, HttpMethod.Post, "/api/months/2025-06/close", new CloseRequest { Reason = "June is done" });
        Assert.Equal("June is done", Assert.Single(closed.Closings).Reason);
        byte[] csv = await page.GetByteArrayAsync("/api/months/2025-06/file", WebHost.Cancellation);
        Assert.Equal(closed.Report.Sha256, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(csv)));

        await WebHost.EnterAsync(page, WebHost.Lunch with { Amount = "100.00", Currency = "USD", Date = "2025-06-30" });
        MonthReply later = await WebHost.GetAsync<MonthReply>(page, "/api/months/2025-06");
        Assert.Equal((closed.Report.Sha256, "13.75", 1), (later.Report.Sha256, later.Report.Reporting["USD"].ToString(), later.Changes!.Added.Count));
        Assert.Equal(csv, await page.GetByteArrayAsync("/api/months/2025-06/file?format=csv", WebHost.Cancellation));
        MonthReply again = await WebHost.SendAsync<MonthReply>(page, HttpMethod.Post, "/api/months/2025-06/close");
        Assert.Equal((2, null, "113.75"), (again.Closings.Count, again.Changes, again.Report.Reporting["USD"].ToString()));
        foreach (string format in (string[])["xlsx", "html"])
        {
            Assert.NotEmpty(await page.GetByteArrayAsync($"/api/months/2025-06/file?format={format}", WebHost.Cancellation));
        }

        await ExpenseTests.Sound(host);
    }

    [Fact]
    public async Task A_month_with_open_rows_is_closed_only_if_that_is_said()
    {
        await using WebHost host = new();
        HttpClient page = host.Page();
        await WebHost.ImportAsync(page, await WebHost.UploadAsync(page, "june.csv", "date,amount,currency\n2025-06-01,10.00,USD\n2025-06-02,x,USD\n"));
        Assert.NotEmpty((await WebHost.GetAsync<MonthReply>(page, "/api/months/2025-06")).Obstacles);
        ProblemReply refused = await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Post, "/api/months/2025-06/close", null, 409);
        Assert.Contains("2025-06", refused.Detail, StringComparison.Ordinal);
        Assert.NotEmpty((await WebHost.SendAsync<MonthReply>(page, HttpMethod.Post, "/api/months/2025-06/close", new CloseRequest { IncludeIncomplete = true })).Closings[0].Incomplete);
    }

    [Fact]
    public async Task Budgets_say_what_is_spent_and_an_amount_that_is_not_usual_says_why()
    {
        await using WebHost host = new();
        HttpClient page = host.Page();
        await WebHost.ImportAsync(page, await WebHost.UploadAsync(page, "year.csv", "date,party,amount,currency\n" + string.Concat(Enumerable.Range(1, 12).Select(i => $"2025-05-{i:D2},Acme,10.{i:D2},USD\n")) + "2025-06-01,Acme,500.00,USD\n"));
        UnusualItem unusual = Assert.Single((await WebHost.GetAsync<UnusualList>(page, "/api/months/2025-06/unusual")).Items);
        Assert.Equal("500.00 USD", unusual.Amount.Record.Amount.ToString());
        Assert.Contains("usually", unusual.Reason, StringComparison.Ordinal);
        BudgetsReply none = await WebHost.GetAsync<BudgetsReply>(page, "/api/budgets");
        Assert.Empty((await WebHost.GetAsync<BudgetList>(page, "/api/months/2025-06/budgets")).Items);
        BudgetsDraft draft = new() { Text = """{ "budgets": [ { "amount": 400 } ] }""" };
        await WebHost.SendAsync<BudgetsReply>(page, HttpMethod.Put, "/api/budgets", draft, 200, ("If-Match", $"\"{none.Version}\""));
        await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Put, "/api/budgets", draft, 412, ("If-Match", $"\"{none.Version}\""));
        BudgetStatus status = Assert.Single((await WebHost.GetAsync<BudgetList>(page, "/api/months/2025-06/budgets")).Items);
        Assert.Equal(("500", "-100"), (status.Spent.ToString(), status.Remaining.ToString()));
    }

    [Fact]
    public async Task A_closed_month_is_shown_although_its_rates_have_none_for_what_came_later()
    {
        await using WebHost host = new();
        HttpClient page = host.Page();
        await WebHost.EnterAsync(page, WebHost.Lunch);
        await new MonthClosings(host.Ledger.Store).CloseAsync(new BillingMonth(2025, 6), new MonthTerms { Rates = FixedRates.Parse("EUR=2") }, WebHost.Cancellation);
        await WebHost.EnterAsync(page, WebHost.Lunch with { Currency = "CAD" });
        MonthReply reply = await WebHost.GetAsync<MonthReply>(page, "/api/months/2025-06");
        Assert.Equal(("25", null), (reply.Report.Reporting["USD"].ToString(), reply.Changes));
        Assert.StartsWith("The rates of the report have none for CAD on 2025-06-17", reply.ChangesUnknown, StringComparison.Ordinal);
        Assert.NotEmpty(await page.GetByteArrayAsync("/api/months/2025-06/file?format=xlsx", WebHost.Cancellation));
    }

    [Theory]
    [InlineData("Pacific/Auckland", 0)]
    [InlineData("UTC", 1)]
    [InlineData("America/Los_Angeles", 1)]
    public async Task A_month_is_over_where_the_books_are_kept(string zone, int obstacles)
    {
        await using WebHost host = new(("TimeZone", zone)) { Clock = new FixedClock(new DateTimeOffset(2025, 6, 30, 12, 30, 0, TimeSpan.Zero)) };
        Assert.Equal(obstacles, (await WebHost.GetAsync<MonthReply>(host.Page(), "/api/months/2025-06")).Obstacles.Count);
        Assert.Equal(obstacles == 0 ? "2025-07-01" : "2025-06-30", $"{(await WebHost.GetAsync<SessionReply>(host.Page(), "/api/session")).Today:yyyy-MM-dd}");
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
