using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using Billing.Web.Contracts;

namespace Billing.Web.Tests;

/// <summary>Receipts, the overview, its events, runs, rules and pending rows.</summary>
public sealed class LedgerPageTests
{
    [Fact]
    public async Task A_receipt_is_kept_once_under_its_hash_and_a_duplicate_is_recognised()
    {
        await using WebHost host = new();
        HttpClient page = host.Page();
        byte[] bytes = Encoding.UTF8.GetBytes("a receipt");
        ReceiptReply first = await WebHost.SendAsync<ReceiptReply>(page, HttpMethod.Post, "/api/receipts", Part(bytes, "lunch.pdf"), 201);
        Assert.Equal((Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), false), (first.Receipt.Id, first.IsDuplicate));
        ReceiptReply again = await WebHost.SendAsync<ReceiptReply>(page, HttpMethod.Post, "/api/receipts", Part(bytes, "copy.pdf"), 200);
        Assert.True(again.IsDuplicate);
        Assert.Contains("lunch.pdf", again.Message, StringComparison.Ordinal);
        Assert.Equal((2L, "copy.pdf"), (again.Receipt.Sightings, again.Receipt.LastName));
        Assert.Single((await WebHost.GetAsync<ReceiptList>(page, "/api/receipts")).Items);
        Assert.Equal(bytes, await page.GetByteArrayAsync($"/api/receipts/{first.Receipt.Id}/file", WebHost.Cancellation));
        Assert.Equal([first.Receipt.Id], Directory.EnumerateFiles(Path.Combine(host.Folder, "receipts")).Select(Path.GetFileName));

        // The same request again is the same upload.
        await WebHost.SendAsync<ReceiptReply>(page, HttpMethod.Post, "/api/receipts", Part(bytes, "a.pdf"), 200, ("Idempotency-Key", "1"));
        ReceiptReply repeated = await WebHost.SendAsync<ReceiptReply>(page, HttpMethod.Post, "/api/receipts", Part(bytes, "a.pdf"), 201, ("Idempotency-Key", "1"));
        Assert.Equal(3, repeated.Receipt.Sightings);
    }

    [Fact]
    public async Task The_overview_sets_a_month_against_the_last_with_the_rates_used()
    {
        await using WebHost host = new();
        HttpClient page = host.Page();
        await WebHost.EnterAsync(page, WebHost.Lunch with { Date = "2025-05-01", Category = "meals", Amount = "10.00", Currency = "USD" });
        await WebHost.EnterAsync(page, WebHost.Lunch with { Date = "2025-05-02", Category = "travel", Amount = "7.00", Currency = "USD" });
        await WebHost.EnterAsync(page, WebHost.Lunch with { Category = "meals" });
        await WebHost.EnterAsync(page, WebHost.Lunch with { Category = "meals", Amount = "100", Currency = "JPY", Date = "2025-06-18" });
        OverviewReply june = await WebHost.GetAsync<OverviewReply>(page, "/api/overview?month=2025-06");
        Assert.Equal(("2025-05", "14.42", "17"), (june.Before, june.Total["USD"].ToString(), june.TotalBefore["USD"].ToString()));
        Assert.Equal([("meals", "14.42", "10"), ("travel", "0", "7")], june.Categories.Select(row => (row.Name, row.Reporting["USD"].ToString(), row.ReportingBefore!["USD"].ToString())));
        Assert.Equal(["2025-06-17", "2025-06-18"], june.Days.Select(row => row.Name));
        Assert.Equal(["EUR", "JPY", "USD"], june.Currencies.Select(row => row.Name).Order());
        Assert.Equal([("EUR", 1L), ("JPY", 1)], june.Rates.Select(use => (use.Rate.Base.Code, use.Records)));
        Assert.Equal(["2025-06", "2025-05"], june.Months);
    }

    [Fact]
    public async Task A_page_is_told_of_what_was_stored_and_after_a_break_of_what_it_missed()
    {
        await using WebHost host = new();
        HttpClient page = host.Page();
        long last = await NextAsync(page, null, () => WebHost.EnterAsync(page, WebHost.Lunch));

        // The connection is gone while something is stored.
        RecordReply missed = await WebHost.EnterAsync(page, WebHost.Lunch);
        Assert.True(await NextAsync(page, last, () => Task.CompletedTask, missed.Record.RunId) > last);

        // From a host before this one: everything may have changed.
        Assert.True(await NextAsync(page, 1, () => Task.CompletedTask) > last);
    }

    [Fact]
    public async Task A_run_has_its_statement_and_its_seal_and_a_record_tells_where_it_comes_from()
    {
        await using WebHost host = new();
        HttpClient page = host.Page();
        RecordReply stored = await WebHost.EnterAsync(page, WebHost.Lunch);
        RunItem run = await WebHost.GetAsync<RunItem>(page, $"/api/runs/{stored.Record.RunId}");
        Assert.Equal((true, false, stored.Record.RunId), (run.IsBalanced, run.IsInterrupted, run.Seal!.Of));
        Assert.Equal(run.Statement, await page.GetStringAsync($"/api/runs/{stored.Record.RunId}/statement", WebHost.Cancellation));
        RunList runs = await WebHost.GetAsync<RunList>(page, "/api/runs");
        Assert.Equal(run.Seal.Hash, runs.Head!.Hash);
        TraceReply trace = await WebHost.GetAsync<TraceReply>(page, $"/api/records/{stored.Record.Key}/trace");
        Assert.True(trace.IsIntact);
        Assert.Equal(stored.Record.Fingerprint.ToString(), Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Convert.FromHexString(trace.CanonicalForm))));
        Assert.Contains(trace.Steps, step => step.Contains("13.75 USD", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_draft_of_rules_is_tried_applied_and_taken_back()
    {
        await using WebHost host = new();
        HttpClient page = host.Page();
        RecordReply stored = await WebHost.EnterAsync(page, WebHost.Lunch);
        RulesDraft draft = new() { Text = """{ "rules": [ { "name": "food", "when": { "text": ["lunch"] }, "category": "meals" } ] }""" };
        RuleTrialReport trial = await WebHost.SendAsync<RuleTrialReport>(page, HttpMethod.Post, "/api/rules/try", draft);
        Assert.Equal(("meals", 1L), (Assert.Single(trial.Moves).To, trial.Moves[0].Totals.Rows));
        Assert.Null((await WebHost.GetAsync<RecordReply>(page, $"/api/records/{stored.Record.Key}")).Record.Category);
        EntryReply applied = await WebHost.SendAsync<EntryReply>(page, HttpMethod.Post, "/api/rules/apply", draft with { Reason = "sorted" });
        RecordReply moved = await WebHost.GetAsync<RecordReply>(page, $"/api/records/{stored.Record.Key}");
        Assert.Equal("meals", moved.Record.Category);
        Assert.NotEqual(stored.Version, moved.Version);
        await WebHost.SendAsync<EntryReply>(page, HttpMethod.Post, $"/api/entries/{applied.Entries[0].Id}/undo");
        Assert.Equal(stored.Version, (await WebHost.GetAsync<RecordReply>(page, $"/api/records/{stored.Record.Key}")).Version);
        ProblemReply wrong = await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Post, "/api/rules/try", new RulesDraft { Text = """{ "rules": [ { "name": "x", "when": { "weekdya": ["Monday"] }, "flag": "y" } ] }""" }, 422);
        Assert.Contains("weekdya", wrong.Errors!["text"][0], StringComparison.Ordinal);
        await ExpenseTests.Sound(host);
    }

    [Fact]
    public async Task A_draft_of_rules_that_others_overtook_moves_no_record()
    {
        await using WebHost host = new();
        HttpClient page = host.Page();
        await WebHost.EnterAsync(page, WebHost.Lunch with { Category = null });
        RulesReply begun = await WebHost.GetAsync<RulesReply>(page, "/api/rules");
        (string, string) version = ("If-Match", $"\"{begun.Version}\"");
        RulesDraft draft = new() { Text = """{ "rules": [ { "name": "mine", "when": { "text": "lunch" }, "category": "Mine" } ] }""", Reason = "x" };
        await WebHost.SendAsync<RulesReply>(page, HttpMethod.Put, "/api/rules", draft with { Text = """{ "rules": [ { "name": "theirs", "when": { "text": "lunch" }, "category": "Theirs" } ] }""" }, 200, version);
        await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Post, "/api/rules/apply", draft, 412, version);
        Assert.Null(Assert.Single((await WebHost.GetAsync<RecordList>(page, "/api/records")).Items).Record.Category);
        version.Item2 = $"\"{(await WebHost.GetAsync<RulesReply>(page, "/api/rules")).Version}\"";
        await WebHost.SendAsync<EntryReply>(page, HttpMethod.Post, "/api/rules/apply", draft, 200, version);
        Assert.Equal("Mine", Assert.Single((await WebHost.GetAsync<RecordList>(page, "/api/records")).Items).Record.Category);
    }

    [Fact]
    public async Task A_pending_row_is_settled_opened_again_and_dismissed()
    {
        await using WebHost host = new();
        HttpClient page = host.Page();
        ImportTerms terms = new() { Layout = SourceLayout.Parse("""{ "columns": { "status": "status" }, "pending": { "values": ["pending"], "posted": ["posted"], "days": 7 } }""") };
        ImportReply import = await WebHost.ImportAsync(page, await WebHost.UploadAsync(page, "card.csv", "date,company,amount,currency,status\n2025-06-01,Inn,100.00,USD,pending\n2025-06-03,Other,90.00,USD,posted\n"), terms);
        Assert.Equal((1, 1), (import.Report!.Stored.Rows, import.Report.Pending.Rows));
        PendingTransaction row = Assert.Single((await WebHost.GetAsync<PendingList>(page, "/api/pending")).Items);
        string posted = (await WebHost.GetAsync<RecordList>(page, "/api/records")).Items[0].Record.Key.ToString();
        Assert.Equal(204, (int)(await WebHost.AskAsync(page, HttpMethod.Post, $"/api/pending/{row.Key}/settle", new SettleRequest { Posted = posted })).StatusCode);
        Assert.Empty((await WebHost.GetAsync<PendingList>(page, "/api/pending")).Items);
        Assert.Equal(PendingState.Settled, Assert.Single((await WebHost.GetAsync<PendingList>(page, "/api/pending?all=true")).Items).State);
        await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Post, $"/api/pending/{row.Key}/dismiss", new ReasonRequest { Reason = "x" }, 409);
        Assert.Equal(204, (int)(await WebHost.AskAsync(page, HttpMethod.Post, $"/api/pending/{row.Key}/reopen")).StatusCode);
        Assert.Equal(204, (int)(await WebHost.AskAsync(page, HttpMethod.Post, $"/api/pending/{row.Key}/dismiss", new ReasonRequest { Reason = "released" })).StatusCode);
        PendingList open = await WebHost.GetAsync<PendingList>(page, "/api/pending");
        Assert.Empty(open.Items);
        Assert.Empty(open.Dismissed);
        Assert.Equal("released", Assert.Single((await WebHost.GetAsync<PendingList>(page, "/api/pending?all=true")).Dismissed).Dismissal);
        await ExpenseTests.Sound(host);

        // Rows that went with their run can be opened by nobody.
        await WebHost.SendAsync<EntryReply>(page, HttpMethod.Post, $"/api/runs/{import.Report.RunId}/revert", new ReasonRequest { Reason = "wrong card" });
        Assert.Empty((await WebHost.GetAsync<PendingList>(page, "/api/pending?all=true")).Dismissed);
    }

    internal static MultipartFormDataContent Part(byte[] bytes, string name)
    {
        MultipartFormDataContent content = new();
        content.Add(new ByteArrayContent(bytes), "file", name);
        return content;
    }

    // Connects, does something once connected, and returns the number of the first event that says what changed.
    private static async Task<long> NextAsync(HttpClient page, long? after, Func<Task> act, string? runId = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/api/events");
        if (after is not null)
        {
            request.Headers.Add("Last-Event-ID", $"{after}");
        }

        using HttpResponseMessage response = await page.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, WebHost.Cancellation);
        using Stream events = await response.Content.ReadAsStreamAsync(WebHost.Cancellation);
        if (after is not null)
        {
            await act();
        }

        await foreach (SseItem<string> item in SseParser.Create(events).EnumerateAsync(WebHost.Cancellation))
        {
            if (item.EventType == "connected")
            {
                await act();
            }
            else if (item.EventType == "changed" && JsonSerializer.Deserialize(item.Data, WebJsonContext.Default.StoredEvent) is { What: "records" } stored && (runId is null || stored.RunId == runId))
            {
                return stored.Number;
            }
        }

        throw new InvalidOperationException("The events ended.");
    }
}
