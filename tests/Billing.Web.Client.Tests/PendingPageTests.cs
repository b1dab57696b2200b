using System.Net;
using System.Text.Json;
using Billing.Web.Client.Pages;
using Billing.Web.Client.Parts;
using Billing.Web.Contracts;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Web.Client.Tests;

public sealed class PendingPageTests : PageContext
{
    private static readonly RecordKey s_key = Some.Key("row 1");
    private static readonly RecordKey s_posted = Some.Record().Key;

    [Fact]
    public async Task Each_row_says_what_it_waits_for_with_every_digit_of_its_amount()
    {
        Answer(Row(1) with { Id = "t1", Amount = 100.0001m }, Row(2) with { State = PendingState.Asked, Candidates = [s_posted], Amount = -12.5m }, Row(3) with { State = PendingState.Lapsed, CurrencyCode = "points" });
        await OpenAsync();
        IRenderedComponent<PendingPage> page = Render<PendingPage>();
        string[] cards = [.. page.FindAll("article").Select(card => card.TextContent)];
        Assert.Contains("100.0001\u00a0USD", cards[0], StringComparison.Ordinal);
        Assert.Contains("It waits for a posted row with the id t1.", cards[0], StringComparison.Ordinal);
        Assert.Contains("\u221212.50\u00a0USD", cards[1], StringComparison.Ordinal);
        Assert.Contains("1 record could be its posted row", cards[1], StringComparison.Ordinal);
        Assert.Contains("Overdue", cards[2], StringComparison.Ordinal);
        Assert.Contains("points", cards[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_is_settled_with_the_record_that_was_chosen_and_opened_again_by_undo()
    {
        Answer(Row(1) with { State = PendingState.Asked, Candidates = [s_posted] });
        Host.Answer($"GET /api/records/{s_posted}", JsonSerializer.Serialize(new RecordReply { Record = Some.Record(), Version = "1" }, WebJsonContext.Default.RecordReply));
        Host.Answer($"POST /api/pending/{s_key}/settle", "", HttpStatusCode.NoContent);
        Host.Answer($"POST /api/pending/{s_key}/reopen", "", HttpStatusCode.NoContent);
        await OpenAsync();
        IRenderedComponent<PendingPage> page = Render<PendingPage>();
        await page.Find("article button").ClickAsync(new());
        await page.Find("dialog ul button").ClickAsync(new());
        Assert.Contains(Host.Asked, asked => asked.Request == $"POST /api/pending/{s_key}/settle" && asked.Body.Contains(s_posted.ToString(), StringComparison.Ordinal));
        await page.InvokeAsync(Services.GetRequiredService<Layout.Toasts>().ActAsync);
        Assert.Contains(Host.Asked, asked => asked.Request == $"POST /api/pending/{s_key}/reopen");
    }

    [Fact]
    public async Task A_refusal_of_the_ledger_is_shown_and_nothing_is_said_to_be_done()
    {
        Answer(Row(1));
        Host.Answer($"POST /api/pending/{s_key}/dismiss", """{ "status": 409, "title": "Conflict", "detail": "It is closed: posted." }""", HttpStatusCode.Conflict);
        await OpenAsync();
        IRenderedComponent<PendingPage> page = Render<PendingPage>();
        await page.Find("article button.plain").ClickAsync(new());
        await page.Find("#pending-reason").InputAsync("released");
        await page.Find("#pending-reason").Closest("form")!.SubmitAsync();
        Assert.Contains("It is closed: posted.", page.Find("dialog [role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal("released", page.Find("#pending-reason").GetAttribute("value"));
        Assert.Null(Services.GetRequiredService<Layout.Toasts>().Text);
    }

    [Fact]
    public void The_statement_of_a_run_leads_to_its_pending_rows()
    {
        IngestReport report = Some.Report(source: "card #1.csv") with { Pending = JsonSerializer.Deserialize("""{ "rows": 2, "money": { "USD": "9.00" } }""", WebJsonContext.Default.ControlTotals)! };
        IRenderedComponent<StatementTable> statement = Render<StatementTable>(p => p.Add(s => s.Report, report));
        Assert.Equal("app/pending?source=card%20%231.csv", statement.Find("p a").GetAttribute("href"));
        Assert.Empty(Render<StatementTable>(p => p.Add(s => s.Report, report with { IsDryRun = true })).FindAll("p a"));
    }

    private void Answer(params PendingTransaction[] rows) => Host.Answer("GET /api/pending", JsonSerializer.Serialize(new PendingList { Items = rows }, WebJsonContext.Default.PendingList));

    private static PendingTransaction Row(int line) => new()
    {
        Key = Some.Key($"row {line}"),
        Source = new RecordSource("card.csv", line, 0),
        Date = new DateOnly(2025, 6, 2),
        Party = "Cafe",
        Amount = 5m,
        CurrencyCode = "USD",
        State = PendingState.Waiting,
    };
}
