using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Billing.Web.Client.Importing;
using Billing.Web.Client.Layout;
using Billing.Web.Client.Pages;
using Billing.Web.Client.Parts;
using Billing.Web.Contracts;
using Bunit;
using Bunit.Rendering;
using Microsoft.AspNetCore.Components;

namespace Billing.Web.Client.Tests;

/// <summary>Each button that sends something, clicked twice before the answer comes, sends one request. The list has every request of the page that changes something; a page with another one fails until it is here.</summary>
public sealed partial class DoubleClickTests : ImportContext
{
    private static readonly ControlTotals s_none = new(0, new Dictionary<string, ExactSum>());
    private static readonly RecordKey s_key = Some.Key("row 1");
    private static readonly QuarantinedRecord s_row = Some.Quarantined();
    private static readonly BillingRecord s_record = Some.Record();

    // What is sent (as in the source of the page), the request that it is here, and what leads to the button or the form.
    private static readonly Dictionary<string, (string Sent, string Request, Func<DoubleClickTests, Task<(IRenderedComponent<IComponent> Page, string Find)>> Open)> s_buttons = new()
    {
        ["mend"] = ("QuarantinePage.razor Post api/quarantine/*/mend", $"POST /api/quarantine/{s_row.Key}/mend", async test => (await test.QuarantineAsync("article button"), "article form")),
        ["dismiss"] = ("QuarantinePage.razor Post api/quarantine/dismiss", "POST /api/quarantine/dismiss", async test => (await test.QuarantineAsync("article button.plain"), "dialog form")),
        ["replay"] = ("QuarantinePage.razor Post api/quarantine/replay", "POST /api/quarantine/replay", async test => (await test.QuarantineAsync(null), ".head button")),
        ["close a month"] = ("MonthlyPage.razor Post api/months/*/close", "POST /api/months/2026-06/close", async test => (await test.MonthAsync(isClosed: false), "form[data-needs=controller]")),
        ["restate"] = ("MonthlyPage.razor Post api/months/*/close", "POST /api/months/2026-06/close", async test => (await test.MonthAsync(isClosed: true), "form[data-needs=controller]")),
        ["save budgets"] = ("BudgetsPage.razor Put api/budgets", "PUT /api/budgets", async test => (await test.BudgetsAsync(), "form:has(#b-text)")),
        ["try rules"] = ("RulesPage.razor Post api/rules/try", "POST /api/rules/try", async test => (await test.RulesAsync(isTried: false), "form:has(#rules-text)")),
        ["apply rules"] = ("RulesPage.razor Post api/rules/apply", "POST /api/rules/apply", async test => (await test.RulesAsync(isTried: true, isChanged: false), "form[data-needs=controller]")),
        ["apply changed rules"] = ("RulesPage.razor Put api/rules", "PUT /api/rules", async test => (await test.RulesAsync(isTried: true), "form[data-needs=controller]")),
        ["put rules"] = ("RulesPage.razor Put api/rules", "PUT /api/rules", async test => (await test.RulesAsync(isTried: true), "form[data-needs=controller] button[type=button]")),
        ["take a run back"] = ("RunsPage.razor Post api/runs/*/revert", "POST /api/runs/run-1/revert", async test => (await test.RunsAsync(), "dialog form")),
        ["settle"] = ("PendingPage.razor Post api/pending/*/settle", $"POST /api/pending/{s_key}/settle", async test => (await test.PendingAsync(PendingState.Asked, "article button"), "dialog ul button")),
        ["dismiss a pending row"] = ("PendingPage.razor Post api/pending/*/dismiss", $"POST /api/pending/{s_key}/dismiss", async test => (await test.PendingAsync(PendingState.Asked, "article button.plain"), "dialog form:has(#pending-reason)")),
        ["reopen"] = ("PendingPage.razor Post api/pending/*/reopen", $"POST /api/pending/{s_key}/reopen", async test => (await test.PendingAsync(PendingState.Settled, null), "article button")),
        ["delete"] = ("ExpensesPage.razor Delete api/records/*", $"DELETE /api/records/{s_record.Key}", async test => (await test.ExpensesAsync(), "table.records td button:last-of-type")),
        ["enter an expense"] = ("ExpenseForm.razor Post api/expenses", "POST /api/expenses", async test => (await test.FormAsync(editing: null), "form")),
        ["edit an expense"] = ("ExpenseForm.razor Put api/expenses/*", $"PUT /api/expenses/{s_record.Key}", async test => (await test.FormAsync(new RecordReply { Record = s_record, Version = "1" }), "form")),
        ["undo"] = ("PageBase.cs Post api/entries/*/undo", "POST /api/entries/e1/undo", async test => (await test.UndoAsync(), "#toast-action")),
        ["sign in"] = ("SignInCard.razor Post api/token", "POST /api/token", async test => (await test.SignInAsync(), "form")),
        ["sign out"] = ("MainLayout.razor Post sign-out", "POST /sign-out", async test => (await test.LayoutAsync(), "header button")),
        ["store an import"] = ("ImportRuns.cs Post api/uploads/*/import", $"POST /api/uploads/{UploadId}/import", async test => (await test.ImportAsync("compared"), "button.primary:not([aria-pressed])")),
        ["stop an import"] = ("ImportRuns.cs Post api/imports/*/cancel", "POST /api/imports/1/cancel", async test => (await test.ImportAsync("running"), "#stop")),
        ["go on with an import"] = ("ImportRuns.cs Post api/uploads/*/import", $"POST /api/uploads/{UploadId}/import", async test => (await test.ImportAsync("cancelled"), "button.primary:not([aria-pressed])")),
        ["take an import back"] = ("ImportRuns.cs Post api/runs/*/revert", "POST /api/runs/r1/revert", async test => (await test.ImportAsync("cancelled"), "button[data-needs=controller]")),
        ["compare with the ledger"] = ("ImportWork.cs Post api/uploads/*/preview", $"POST /api/uploads/{UploadId}/preview", async test => (await test.ImportAsync("local"), "button.primary:not([aria-pressed])")),
    };

    // No button sends these of itself, or a second one is harmless.
    private static readonly string[] s_others =
    [
        "ExpenseForm.razor Post api/expenses/proposal", // Asked while somebody types; it writes nothing.
        "ReceiptsPage.razor Post api/receipts", // Sent by choosing a file; the same bytes are kept once.
        "ImportUpload.cs Post api/uploads", "ImportUpload.cs Patch api/uploads/*", "ImportUpload.cs Post api/uploads/*/complete", // Parts of a comparison.
    ];

    public static TheoryData<string> Buttons => [.. s_buttons.Keys];

    [Theory]
    [MemberData(nameof(Buttons))]
    public async Task Two_clicks_before_the_answer_are_one_request(string button)
    {
        (_, string request, Func<DoubleClickTests, Task<(IRenderedComponent<IComponent> Page, string Find)>> open) = s_buttons[button];
        (IRenderedComponent<IComponent> page, string find) = await open(this);
        int before = Host.Count(request);
        TaskCompletionSource<string> answer = Host.Hold(request);
        Host.Vanish(request);
        IElement element = page.Find(find);
        Task first = ClickAsync(element);
        page.WaitForAssertion(() => Assert.Equal(before + 1, Host.Count(request)), TimeSpan.FromSeconds(20));

        // Once as a browser that has not drawn anything yet, once as one that has.
        await ClickAsync(element);
        foreach (IElement again in page.FindAll(find).Where(again => !again.HasAttribute("disabled")))
        {
            await ClickAsync(again);
        }

        Assert.Equal(before + 1, Host.Count(request));
        answer.SetException(new HttpRequestException("gone"));
        await first;
    }

    [Fact]
    public void Every_request_of_the_page_that_changes_something_is_in_the_list()
    {
        string[] sent =
        [
            .. PageSources.Files("*.*").Where(file => file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal))
                .Where(file => !file.StartsWith("Systems", StringComparison.Ordinal) && !file.StartsWith("obj", StringComparison.Ordinal) && !file.StartsWith("bin", StringComparison.Ordinal))
                .SelectMany(file => Sent().Matches(PageSources.Read(file)).Select(match => $"{Path.GetFileName(file)} {match.Groups[1].Value} {Hole().Replace(match.Groups[2].Value, "*")}")).Distinct().Order(StringComparer.Ordinal),
        ];
        Assert.Equal(s_buttons.Values.Select(one => one.Sent).Concat(s_others).Distinct().Order(StringComparer.Ordinal), sent);
    }

    [GeneratedRegex("""HttpMethod\.(Post|Put|Delete|Patch), \$?"([^"]+)""")]
    private static partial Regex Sent();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Hole();

    // What is no longer there hears nothing.
    private static async Task ClickAsync(IElement element)
    {
        try
        {
            await (element.TagName == "FORM" ? element.SubmitAsync() : element.ClickAsync());
        }
        catch (Exception gone) when (gone is UnknownEventHandlerIdException or ElementRemovedFromDomException)
        {
        }
    }

    private async Task<IRenderedComponent<IComponent>> QuarantineAsync(string? first)
    {
        Host.Answer("GET /api/quarantine", Json(new QuarantineList { Items = [new QuarantineItem { Row = s_row, Remedy = "mend it", IsMendable = true }] }));
        return await OpenAsync<QuarantinePage>(first);
    }

    private async Task<IRenderedComponent<IComponent>> MonthAsync(bool isClosed)
    {
        BillingMonth month = BillingMonth.Parse("2026-06");
        MonthReport report = new() { Month = month, Billed = s_none, Reporting = new ControlTotals(1, new Dictionary<string, ExactSum>()), Refused = s_none, Categories = [], Parties = [], Days = [], Currencies = [], Flags = [], Runs = [], Lines = [], Sha256 = "" };
        Host.Answer("GET /api/months/2026-06", Json(new MonthReply
        {
            Report = report,
            Closings = isClosed ? [new MonthClosing { Month = month, Number = 0, EntryId = "e", ClosedAt = DateTimeOffset.UnixEpoch, Billed = s_none, Reporting = s_none, Sha256 = "", FiguresSha256 = "" }] : [],
            Changes = isClosed ? new MonthRestatement { Month = month, Number = 1, Before = s_none, After = s_none, Added = [], TakenAway = [], Changed = [] } : null,
            Obstacles = [],
        }));
        Host.Answer("GET /api/months/2026-06/unusual", """{ "items": [] }""");
        return await OpenAsync<MonthlyPage>(null);
    }

    private async Task<IRenderedComponent<IComponent>> BudgetsAsync()
    {
        Host.Answer("GET /api/months/2026-06/budgets", """{ "items": [] }""");
        Host.Answer("GET /api/budgets", """{ "text": "", "version": "1" }""");
        IRenderedComponent<BudgetsPage> page = await OpenAsync<BudgetsPage>(null);
        await page.Find("#b-text").InputAsync("""{ "budgets": [ { "amount": 400 } ] }""");
        return page;
    }

    private async Task<IRenderedComponent<IComponent>> RulesAsync(bool isTried, bool isChanged = true)
    {
        Host.Answer("GET /api/rules", NoRules);
        Host.Answer("POST /api/rules/try", Json(new RuleTrialReport()));
        IRenderedComponent<RulesPage> page = await OpenAsync<RulesPage>(null);
        if (isChanged)
        {
            await page.Find("#rules-text").InputAsync("""{ "rules": [ { "name": "a", "when": { "text": "b" }, "category": "c" } ] }""");
        }

        if (isTried)
        {
            await page.Find("form:has(#rules-text)").SubmitAsync();
        }

        return page;
    }

    private async Task<IRenderedComponent<IComponent>> RunsAsync()
    {
        Host.Answer("GET /api/runs", Json(new RunList { Items = [new RunItem { Report = Some.Report() with { Status = RunStatus.Completed }, Statement = "", IsBalanced = true }] }));
        return await OpenAsync<RunsPage>("article button");
    }

    private async Task<IRenderedComponent<IComponent>> PendingAsync(PendingState state, string? first)
    {
        PendingTransaction row = new() { Key = s_key, Source = new RecordSource("card.csv", 1, 0), Date = new DateOnly(2025, 6, 2), Party = "Cafe", Amount = 5m, CurrencyCode = "USD", State = state, Candidates = [s_record.Key] };
        Host.Answer("GET /api/pending", Json(new PendingList { Items = [row] }));
        Host.Answer($"GET /api/records/{s_record.Key}", Json(new RecordReply { Record = s_record, Version = "1" }));
        return await OpenAsync<PendingPage>(first);
    }

    private async Task<IRenderedComponent<IComponent>> ExpensesAsync()
    {
        Host.Answer("GET /api/records", Json(new RecordList { Items = [new RecordReply { Record = s_record, Version = "1", IsEditable = true }], Billed = s_none, Reporting = new ControlTotals(1, new Dictionary<string, ExactSum>()) }));
        return await OpenAsync<ExpensesPage>(null);
    }

    private async Task<IRenderedComponent<IComponent>> FormAsync(RecordReply? editing)
    {
        await OpenAsync();
        Host.Vanish("POST /api/expenses/proposal");
        IRenderedComponent<ExpenseForm> form = Render<ExpenseForm>(p => p.Add(f => f.Editing, editing));
        await form.Find("#expense-description").InputAsync("Taxi");
        await form.Find("#expense-amount").InputAsync("12.50");
        return form;
    }

    // Taken back by the toast, as the pages that have an undo say it.
    private async Task<IRenderedComponent<IComponent>> UndoAsync()
    {
        IRenderedComponent<IComponent> page = await ExpensesAsync();
        IRenderedComponent<MainLayout> layout = Render<MainLayout>();
        Host.Answer($"DELETE /api/records/{s_record.Key}", Json(new EntryReply { Entries = [new LedgerEntry { Id = "e1", Kind = LedgerEntryKind.Removal, StartedAt = DateTimeOffset.UnixEpoch }] }));
        await page.Find("table.records td button:last-of-type").ClickAsync();
        return layout;
    }

    private async Task<IRenderedComponent<IComponent>> SignInAsync()
    {
        Host.Answer("GET /api/session", """{ "signIn": "token", "roles": [], "reportingCurrency": "EUR", "currencies": [], "today": "2026-06-18", "antiForgeryHeader": "X-Billing", "mostUploadBytes": 1, "pieceBytes": 1 }""");
        return await OpenAsync<SignInCard>(null);
    }

    private async Task<IRenderedComponent<IComponent>> LayoutAsync()
    {
        Host.Answer("GET /api/session", """{ "signIn": "openid", "user": "Ada", "roles": ["reader"], "reportingCurrency": "EUR", "currencies": [], "today": "2026-06-18", "antiForgeryHeader": "X-Billing", "mostUploadBytes": 1, "pieceBytes": 1 }""");
        return await OpenAsync<MainLayout>(null);
    }

    private async Task<IRenderedComponent<IComponent>> ImportAsync(string state)
    {
        ImportFile file = await (state == "local" ? ReadFileAsync() : ComparedAsync());
        if (state is "running" or "cancelled")
        {
            Host.Answer($"POST /api/uploads/{UploadId}/import", Import("running"), HttpStatusCode.Accepted);
            Host.Answer("GET /api/imports/1", Import("running"));
            Stream events = Host.Open("GET /api/imports/1/events");
            Task stored = Runs.StoreAsync(file);
            await events.WriteAsync(System.Text.Encoding.UTF8.GetBytes(Event(state, runId: "r1")), Xunit.TestContext.Current.CancellationToken);
            if (state == "cancelled")
            {
                await stored.WaitAsync(TimeSpan.FromSeconds(20), Xunit.TestContext.Current.CancellationToken);
            }
            else
            {
                Page.WaitForElement("#stop:not([disabled])", TimeSpan.FromSeconds(20));
            }
        }

        return Page;
    }

    private async Task<IRenderedComponent<T>> OpenAsync<T>(string? first)
        where T : IComponent
    {
        await OpenAsync();
        IRenderedComponent<T> page = Render<T>();
        if (first is not null)
        {
            await page.Find(first).ClickAsync();
        }

        return page;
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, typeof(T), WebJsonContext.Default);
}
