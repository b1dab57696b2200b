using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using Billing.Web.Client.Pages;
using Billing.Web.Client.Parts;
using Billing.Web.Client.Systems;
using Billing.Web.Contracts;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Web.Client.Tests;

/// <summary>An answer to an older question that comes after a newer one is left alone; totals, export and table are of the same filters.</summary>
public sealed class LateAnswersTests : PageContext
{
    private static readonly ControlTotals s_none = new(0, new Dictionary<string, ExactSum>());

    [Fact]
    public async Task A_slow_list_of_older_filters_does_not_replace_the_newer_one()
    {
        IRenderedComponent<ExpensesPage> page = await ExpensesAsync();
        TaskCompletionSource<string> slow = Host.Hold("GET /api/records");
        Task first = page.Find("#f-text").ChangeAsync("older");
        Assert.DoesNotContain("older", Export(page), StringComparison.Ordinal);
        Host.Answer("GET /api/records", List("Newer", 2));
        await page.Find("#f-text").ChangeAsync("newer");
        await page.InvokeAsync(() => slow.SetResult(List("Older", 1)));
        await first;
        Assert.Contains("Newer", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Older", page.Markup, StringComparison.Ordinal);
        Assert.Contains("2 records", page.Find("p[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Contains("text=newer", Export(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_is_not_shown_under_filters_that_it_is_not_of()
    {
        IRenderedComponent<ExpensesPage> page = await ExpensesAsync();
        Host.Vanish("GET /api/records");
        await page.Find("#f-text").ChangeAsync("other");
        Assert.DoesNotContain("First", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("a[download]"));
        Host.Answer("GET /api/records", List("Found", 1));
        await page.Find("[role=alert] button").ClickAsync();
        Assert.Contains("Found", page.Markup, StringComparison.Ordinal);
        Host.Vanish("GET /api/records");
        await page.Find("form[role=search]").SubmitAsync();
        Assert.Contains("Found", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_clicks_on_the_next_page_go_one_page_on()
    {
        Host.Answer("GET /api/records", List("First", 1, "t1"));
        IRenderedComponent<ExpensesPage> page = await ExpensesAsync(answer: false);
        TaskCompletionSource<string> slow = Host.Hold("GET /api/records");
        Host.Answer("GET /api/records", List("Second", 1));
        IElement next = page.FindAll("nav button")[1];
        Task one = next.ClickAsync();
        await page.FindAll("nav button")[1].ClickAsync();
        await page.InvokeAsync(() => slow.SetResult(List("Second", 1)));
        await one;
        await page.FindAll("nav button")[0].ClickAsync();
        Assert.True(page.FindAll("nav button") is [] || page.FindAll("nav button")[0].HasAttribute("disabled"));
    }

    [Fact]
    public async Task A_deletion_that_is_refused_is_still_told_when_the_list_comes_anew_and_two_clicks_delete_once()
    {
        IRenderedComponent<ExpensesPage> page = await ExpensesAsync();
        string path = $"DELETE /api/records/{Some.Record().Key}";
        Host.Answer(path, """{ "status": 403 }""", HttpStatusCode.Forbidden);
        await Delete().ClickAsync();
        Assert.Contains("You do not have the role", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        TaskCompletionSource<string> slow = Host.Hold(path);
        Task one = Delete().ClickAsync();
        await Delete().ClickAsync();
        await page.InvokeAsync(() => slow.SetException(new HttpRequestException("gone")));
        await one;
        Assert.Equal(2, Host.Count(path));

        IElement Delete() => page.FindAll("table.records td button")[^1];
    }

    [Fact]
    public async Task A_slow_month_does_not_stand_under_another_month()
    {
        await OpenAsync();
        Host.Answer("GET /api/months/2026-06", Month("2026-06"));
        Host.Answer("GET /api/months/2026-04", Month("2026-04"));
        foreach (string month in (string[])["2026-04", "2026-05", "2026-06"])
        {
            Host.Answer($"GET /api/months/{month}/unusual", """{ "items": [] }""");
        }

        IRenderedComponent<MonthlyPage> page = Render<MonthlyPage>();
        TaskCompletionSource<string> slow = Host.Hold("GET /api/months/2026-05");
        Task first = page.Find("#m-month").ChangeAsync("2026-05");
        Assert.DoesNotContain("month-figures", page.Markup, StringComparison.Ordinal);
        await page.Find("#m-month").ChangeAsync("2026-04");
        await page.InvokeAsync(() => slow.SetResult(Month("2026-05")));
        await first;
        Assert.Contains("April 2026", page.Find("#month-figures").TextContent, StringComparison.Ordinal);
        Assert.All(page.FindAll("a[download]"), link => Assert.Contains("2026-04", link.GetAttribute("href"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_slow_overview_does_not_replace_that_of_the_month_that_was_chosen_last()
    {
        await OpenAsync();
        Host.Answer("GET /api/overview", Overview("2026-06"));
        IRenderedComponent<OverviewPage> page = Render<OverviewPage>();
        TaskCompletionSource<string> slow = Host.Hold("GET /api/overview");
        Task first = page.Find("#month").ChangeAsync("2026-05");
        Host.Answer("GET /api/overview", Overview("2026-04"));
        await page.Find("#month").ChangeAsync("2026-04");
        await page.InvokeAsync(() => slow.SetResult(Overview("2026-05")));
        await first;
        Assert.Contains("April 2026", page.Find("#figures").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_quarantine_does_not_replace_that_of_newer_filters()
    {
        await OpenAsync();
        Host.Answer("GET /api/quarantine", Quarantine("first.csv"));
        IRenderedComponent<QuarantinePage> page = Render<QuarantinePage>();
        TaskCompletionSource<string> slow = Host.Hold("GET /api/quarantine");
        Task first = page.Find("#q-source").ChangeAsync("older");
        Host.Answer("GET /api/quarantine", Quarantine("newer.csv"));
        await page.Find("#q-source").ChangeAsync("newer");
        await page.InvokeAsync(() => slow.SetResult(Quarantine("older.csv")));
        await first;
        Assert.Contains("newer.csv", page.Find("h2").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expenses_of_the_functions_and_their_totals_are_of_the_same_filters()
    {
        Services.AddSingleton(new Billing.Web.Client.Host.PageSettings { Expenses = new Uri("http://expenses.test/"), Receipts = new Uri("http://receipts.test/"), Transactions = new Uri("http://transactions.test/") });
        Host.Answer("GET /expenses", Logged("First"));
        Host.Answer("GET /totals", Totals("first group"));
        IRenderedComponent<LoggedPage> page = Render<LoggedPage>();
        TaskCompletionSource<string> slow = Host.Hold("GET /totals");
        Host.Answer("GET /expenses", Logged("Older"));
        Task first = page.Find("#f-text").ChangeAsync("older");
        Host.Answer("GET /expenses", Logged("Newer"));
        Host.Answer("GET /totals", Totals("newer group"));
        await page.Find("#f-text").ChangeAsync("newer");
        await page.InvokeAsync(() => slow.SetResult(Totals("older group")));
        await first;
        Assert.Contains("Newer", page.Markup, StringComparison.Ordinal);
        Assert.Contains("newer group", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("lder", page.Find("#totals").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reader_goes_back_as_far_as_there_are_pages()
    {
        PagePlace place = new();
        place.Back();
        place.On(null);
        place.On("a");
        place.On("a");
        place.On("b");
        place.Back();
        Assert.Equal("a", place.Token);
        place.Back();
        Assert.False(place.HasBefore);
        Assert.Null(place.Token);
    }

    private async Task<IRenderedComponent<ExpensesPage>> ExpensesAsync(bool answer = true)
    {
        await OpenAsync();
        if (answer)
        {
            Host.Answer("GET /api/records", List("First", 1));
        }

        return Render<ExpensesPage>();
    }

    private static string Export(IRenderedComponent<ExpensesPage> page) => page.Find("a[download]").GetAttribute("href")!;

    private static string List(string description, int rows, string? next = null) => JsonSerializer.Serialize(new RecordList
    {
        Items = [new RecordReply { Record = Some.Record(description: description), Version = "1" }],
        Next = next,
        Billed = s_none,
        Reporting = new ControlTotals(rows, new Dictionary<string, ExactSum>()),
    }, WebJsonContext.Default.RecordList);

    private static string Month(string month) => JsonSerializer.Serialize(new MonthReply
    {
        Report = new MonthReport { Month = BillingMonth.Parse(month), Billed = s_none, Reporting = new ControlTotals(1, new Dictionary<string, ExactSum>()), Refused = s_none, Categories = [], Parties = [], Days = [], Currencies = [], Flags = [], Runs = [], Lines = [], Sha256 = "" },
        Closings = [],
        Obstacles = [],
    }, WebJsonContext.Default.MonthReply);

    private static string Overview(string month) => JsonSerializer.Serialize(new OverviewReply
    {
        Month = month, Before = "2026-03", ReportingCurrency = "USD", Total = s_none, TotalBefore = s_none, Categories = [], Parties = [], Days = [], Currencies = [], Rates = [], Months = ["2026-04", "2026-05", "2026-06"],
    }, WebJsonContext.Default.OverviewReply);

    private static string Quarantine(string source) => JsonSerializer.Serialize(new QuarantineList
    {
        Items = [new QuarantineItem { Row = Some.Quarantined(source: source), Remedy = "mend it" }],
    }, WebJsonContext.Default.QuarantineList);

    private static string Logged(string description) => $$"""{"items":[{"expenseId":"1","amount":12.50,"currency":"USD","amountUsd":12.50,"date":"2025-06-17","description":"{{description}}"}],"next":null}""";

    private static string Totals(string group) => $$$$"""{"items":[{"group":"{{{{group}}}}","count":1,"billed":{},"reporting":{}}],"total":{"count":1,"billed":{},"reporting":{}}}""";
}
