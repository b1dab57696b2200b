using System.Net;
using System.Text.Json;
using Billing.Web.Client.Host;
using Billing.Web.Client.Pages;
using Billing.Web.Client.Parts;
using Billing.Web.Contracts;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Web.Client.Tests;

/// <summary>What was typed survives a host that is gone, a refusal, and a page that is loaded again; and it overwrites nobody's change unseen.</summary>
public sealed class DraftsTests : PageContext
{
    private const string Rules1 = """{ "rules": [ ] }""";
    private const string Mine = """{ "rules": [ { "name": "mine", "when": { "text": "taxi" }, "category": "Travel" } ] }""";
    private const string Theirs = """{ "rules": [ { "name": "theirs", "when": { "text": "bus" }, "category": "Travel" } ] }""";
    private const string Trial = """{ "rules": [], "records": { "rows": 0, "money": {} }, "unchanged": { "rows": 0, "money": {} }, "refused": { "rows": 0, "money": {} }, "moves": [], "flags": [], "categories": [] }""";

    public static TheoryData<HttpStatusCode?> Refusals => [(HttpStatusCode?)null, HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.TooManyRequests, HttpStatusCode.InternalServerError];

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_form_that_is_refused_keeps_its_values_and_its_key_also_when_the_page_is_loaded_again(HttpStatusCode? status)
    {
        await OpenAsync();
        Host.Vanish("POST /api/expenses/proposal");
        Refuse("POST /api/expenses", status);
        IRenderedComponent<ExpenseForm> form = Render<ExpenseForm>();
        await form.Find("#expense-description").InputAsync("Taxi");
        await form.Find("#expense-amount").InputAsync("12.50");
        await form.Find("form").SubmitAsync();
        Assert.NotNull(form.Find("[role=alert]"));
        Host.Answer("POST /api/expenses", Record(), HttpStatusCode.Created);
        IRenderedComponent<ExpenseForm> again = Render<ExpenseForm>();
        Assert.Equal("12.50", again.Find("#expense-amount").GetAttribute("value"));
        await again.Find("form").SubmitAsync();
        string?[] keys = [.. Host.Asked.Where(asked => asked.Request == "POST /api/expenses").Select(asked => asked.Key)];
        Assert.Equal(2, keys.Length);
        Assert.Equal(keys[0], keys[1]);
    }

    [Fact]
    public async Task While_it_is_sent_a_form_cannot_be_changed_nor_sent_again()
    {
        await OpenAsync();
        Host.Vanish("POST /api/expenses/proposal");
        IRenderedComponent<ExpenseForm> form = Render<ExpenseForm>();
        await form.Find("#expense-description").InputAsync("Taxi");
        await form.Find("#expense-amount").InputAsync("12.50");
        TaskCompletionSource<string> slow = Host.Hold("POST /api/expenses");
        Task one = form.Find("form").SubmitAsync();
        Assert.True(form.Find("fieldset").HasAttribute("disabled"));
        await form.Find("form").SubmitAsync();
        await form.InvokeAsync(() => slow.SetResult(Record()));
        await one;
        Assert.False(form.Find("fieldset").HasAttribute("disabled"));
        Assert.Equal(1, Host.Count("POST /api/expenses"));
    }

    [Fact]
    public async Task A_form_whose_key_was_used_is_saved_under_a_new_one_only_when_the_reader_says_so()
    {
        await OpenAsync();
        Host.Vanish("POST /api/expenses/proposal");
        Refuse("POST /api/expenses", HttpStatusCode.UnprocessableEntity);
        IRenderedComponent<ExpenseForm> form = Render<ExpenseForm>();
        await form.Find("#expense-description").InputAsync("Taxi");
        await form.Find("#expense-amount").InputAsync("12.50");
        await form.Find("form").SubmitAsync();
        await form.Find("form").SubmitAsync();
        Host.Answer("POST /api/expenses", Record(), HttpStatusCode.Created);
        await form.Find("#expense-again").ClickAsync();
        string?[] keys = [.. Host.Asked.Where(asked => asked.Request == "POST /api/expenses").Select(asked => asked.Key)];
        Assert.Equal(keys[0], keys[1]);
        Assert.NotEqual(keys[1], keys[2]);
        Assert.Null(Storage.Written("billing.draft.expense"));
    }

    [Fact]
    public async Task A_browser_that_keeps_nothing_is_not_said_to_keep_the_draft()
    {
        await OpenAsync();
        Storage.IsFull = true;
        IRenderedComponent<ExpenseForm> form = Render<ExpenseForm>();
        await form.Find("#expense-description").InputAsync("Taxi");
        Assert.Contains("This browser keeps nothing", form.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_that_began_while_the_page_was_open_can_be_entered()
    {
        await OpenAsync();
        Host.Vanish("POST /api/expenses/proposal");
        Host.Answer("POST /api/expenses", Record(), HttpStatusCode.Created);
        IRenderedComponent<ExpenseForm> form = Render<ExpenseForm>();
        await form.Find("#expense-date").ChangeAsync("2026-06-18");
        await form.Find("#expense-description").InputAsync("Taxi");
        await form.Find("#expense-amount").InputAsync("12.50");
        await form.Find("form").SubmitAsync();
        Assert.Contains("is in the future", form.Find("#expense-date-fault").TextContent, StringComparison.Ordinal);
        SessionReply session = Services.GetRequiredService<HostApi>().Session!;
        Host.Answer("GET /api/session", JsonSerializer.Serialize(session with { Today = new DateOnly(2026, 6, 18) }, WebJsonContext.Default.SessionReply));
        await form.Find("form").SubmitAsync();
        Assert.Equal(1, Host.Count("POST /api/expenses"));
    }

    [Fact]
    public async Task Their_version_that_was_taken_is_not_replaced_by_the_draft_that_was_given_up()
    {
        await OpenAsync();
        Host.Vanish("POST /api/expenses/proposal");
        BillingRecord record = Some.Record();
        Host.Answer($"PUT /api/expenses/{record.Key}", $$"""{ "status": 412, "current": {{Record("2")}} }""", HttpStatusCode.PreconditionFailed);
        IRenderedComponent<ExpenseForm> form = Render<ExpenseForm>(p => p.Add(f => f.Editing, new RecordReply { Record = record, Version = "1", IsEditable = true }));
        await form.Find("#expense-description").InputAsync("Mine");
        await form.Find("form").SubmitAsync();
        await form.FindAll("[role=alert] button")[1].ClickAsync();
        Assert.Null(Storage.Written($"billing.draft.edit.{record.Key}"));
    }

    [Fact]
    public async Task A_draft_of_rules_is_not_replaced_when_the_host_comes_back()
    {
        Storage.Put("billing.draft.rules", JsonSerializer.Serialize(new TextDraft(Mine, "1"), PageJsonContext.Default.TextDraft));
        Host.Vanish("GET /api/rules");
        IRenderedComponent<RulesPage> page = Render<RulesPage>();
        Host.Answer("GET /api/rules", Rules(Rules1, "1"));
        await page.Find("[role=alert] button").ClickAsync();
        Assert.Equal(Mine, page.Find("#rules-text").GetAttribute("value"));
    }

    [Fact]
    public async Task A_draft_of_budgets_is_not_replaced_when_the_host_comes_back()
    {
        const string draft = """{ "budgets": [ { "amount": 1 } ] }""";
        await OpenAsync();
        Storage.Put("billing.draft.budgets", JsonSerializer.Serialize(new TextDraft(draft, "1"), PageJsonContext.Default.TextDraft));
        Host.Vanish("GET /api/budgets");
        Host.Vanish("GET /api/months/2026-06/budgets");
        IRenderedComponent<BudgetsPage> page = Render<BudgetsPage>();
        Host.Answer("GET /api/budgets", """{ "text": "", "version": "2" }""");
        Host.Answer("GET /api/months/2026-06/budgets", """{ "items": [] }""");
        await page.Find("[role=alert] button").ClickAsync();
        Assert.Equal(draft, page.Find("#b-text").GetAttribute("value"));
        Assert.NotNull(page.Find("#behind"));
        await page.Find("form").SubmitAsync();
        Assert.Equal(0, Host.Count("PUT /api/budgets"));
    }

    [Fact]
    public async Task A_draft_of_rules_that_others_changed_meanwhile_overwrites_them_only_when_its_reader_has_seen_theirs()
    {
        Host.Answer("GET /api/rules", Rules(Rules1, "1"));
        Host.Answer("POST /api/rules/try", Trial);
        IRenderedComponent<RulesPage> page = Render<RulesPage>();
        await page.Find("#rules-text").InputAsync(Mine);
        await page.Find("form").SubmitAsync();
        Host.Answer("PUT /api/rules", """{ "status": 412 }""", HttpStatusCode.PreconditionFailed);
        Host.Answer("GET /api/rules", Rules(Theirs, "2"));
        await page.Find("#rules-why").InputAsync("because");
        await page.FindAll("form")[1].SubmitAsync();
        Assert.Equal(0, Host.Count("POST /api/rules/apply"));
        Assert.Contains("theirs", page.Find("#behind pre").TextContent, StringComparison.Ordinal);
        Assert.Equal(Mine, page.Find("#rules-text").GetAttribute("value"));
        await page.FindAll("form")[1].SubmitAsync();
        Assert.Equal(1, Host.Count("PUT /api/rules"));
        await page.Find("#behind button").ClickAsync();
        Host.Answer("PUT /api/rules", Rules(Mine, "3"));
        Host.Vanish("POST /api/rules/apply");
        await page.FindAll("form")[1].SubmitAsync();
        Assert.Equal(["\"1\"", "\"2\""], Host.Asked.Where(asked => asked.Request == "PUT /api/rules").Select(asked => asked.IfMatch));
        Assert.Equal("because", page.Find("#rules-why").GetAttribute("value"));
        Assert.Equal("because", Storage.Written("billing.draft.rules.why"));
    }

    [Fact]
    public async Task What_is_applied_is_the_text_that_was_tried()
    {
        Host.Answer("GET /api/rules", Rules(Rules1, "1"));
        IRenderedComponent<RulesPage> page = Render<RulesPage>();
        await page.Find("#rules-text").InputAsync(Mine);
        TaskCompletionSource<string> slow = Host.Hold("POST /api/rules/try");
        Task trying = page.Find("form").SubmitAsync();
        await page.Find("#rules-text").InputAsync(Theirs);
        await page.InvokeAsync(() => slow.SetResult(Trial));
        await trying;
        Assert.Empty(page.FindAll("#trial-title"));
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_reason_for_taking_a_run_back_survives_a_refusal_and_a_page_that_is_loaded_again(HttpStatusCode? status)
    {
        await OpenAsync();
        IngestReport report = Some.Report() with { Status = RunStatus.Completed };
        Host.Answer("GET /api/runs", JsonSerializer.Serialize(new RunList { Items = [new RunItem { Report = report, Statement = "" }] }, WebJsonContext.Default.RunList));
        Refuse($"POST /api/runs/{report.RunId}/revert", status);
        IRenderedComponent<RunsPage> page = Render<RunsPage>();
        await page.Find("details button").ClickAsync();
        await page.Find("#revert-reason").InputAsync("The wrong month");
        await page.Find("dialog form").SubmitAsync();
        Assert.NotNull(page.Find("dialog [role=alert]"));
        Assert.Equal("The wrong month", page.Find("#revert-reason").GetAttribute("value"));
        IRenderedComponent<RunsPage> again = Render<RunsPage>();
        await again.Find("details button").ClickAsync();
        again.WaitForAssertion(() => Assert.Equal("The wrong month", again.Find("#revert-reason").GetAttribute("value")));
    }

    [Fact]
    public async Task An_undo_that_fails_is_offered_again()
    {
        await OpenAsync();
        Host.Answer("GET /api/records", """{ "items": [], "billed": { "rows": 0, "money": {} }, "reporting": { "rows": 0, "money": {} } }""");
        IRenderedComponent<UndoingPage> page = Render<UndoingPage>();
        Layout.Toasts toasts = Services.GetRequiredService<Layout.Toasts>();
        Host.Vanish("POST /api/entries/e1/undo");
        await page.InvokeAsync(() => page.Instance.UndoAsync("e1"));
        Assert.StartsWith("Not taken back.", toasts.Text, StringComparison.Ordinal);
        Host.Answer("POST /api/entries/e1/undo", """{ "entries": [] }""");
        await page.InvokeAsync(toasts.ActAsync);
        Assert.Equal("It is back.", toasts.Text);
    }

    [Fact]
    public async Task A_receipt_that_failed_is_told_also_when_the_next_one_is_stored()
    {
        await OpenAsync();
        Host.Answer("GET /api/receipts", """{ "items": [] }""");
        IRenderedComponent<ReceiptsPage> page = Render<ReceiptsPage>();
        Host.Hold("POST /api/receipts").SetException(new HttpRequestException("gone"));
        Host.Answer("POST /api/receipts", JsonSerializer.Serialize(new ReceiptReply { Message = "", IsDuplicate = false, Receipt = new ReceiptItem { Id = "h", FileName = "b.txt", Size = 1, Flags = [], UploadedAt = DateTimeOffset.UnixEpoch, Sightings = 1 } }, WebJsonContext.Default.ReceiptReply), HttpStatusCode.Created);
        page.FindComponent<Microsoft.AspNetCore.Components.Forms.InputFile>().UploadFiles(InputFileContent.CreateFromText("a", "same.txt"), InputFileContent.CreateFromText("b", "same.txt"));
        page.WaitForAssertion(() => Assert.Equal(["note bad", "note good"], page.FindAll("div[role=status] .note").Select(note => note.ClassName)));
    }

    private void Refuse(string request, HttpStatusCode? status)
    {
        if (status is { } refused)
        {
            Host.Answer(request, $$"""{ "status": {{(int)refused}} }""", refused);
        }
        else
        {
            Host.Vanish(request);
        }
    }

    private static string Record(string version = "1") => JsonSerializer.Serialize(new RecordReply { Record = Some.Record(), Version = version, IsEditable = true }, WebJsonContext.Default.RecordReply);

    private static string Rules(string text, string version) => JsonSerializer.Serialize(new RulesReply { Text = text, Names = [], Version = version }, WebJsonContext.Default.RulesReply);

    private sealed class UndoingPage : Layout.PageBase
    {
        public Task UndoAsync(string entry) => TakeBackAsync(entry, "expense.restored");
    }
}
