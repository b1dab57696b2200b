using Billing.Web.Contracts;

namespace Billing.Web.Tests;

/// <summary>Expenses are entered once, edited with their history kept, removed and brought back.</summary>
public sealed class ExpenseTests
{
    [Fact]
    public async Task An_expense_is_proposed_a_category_stored_and_listed_with_its_reporting_amount()
    {
        await using WebHost host = new();
        HttpClient page = host.Page();
        RulesReply rules = await WebHost.GetAsync<RulesReply>(page, "/api/rules");
        await WebHost.SendAsync<RulesReply>(page, HttpMethod.Put, "/api/rules", new RulesDraft { Text = """{ "rules": [ { "name": "food", "when": { "text": ["lunch"] }, "category": "meals" }, { "name": "much", "when": { "amount": { "atLeast": 13 } }, "flag": "large" } ] }""" }, 200, ("If-Match", $"\"{rules.Version}\""));
        ExpenseProposal proposal = await WebHost.SendAsync<ExpenseProposal>(page, HttpMethod.Post, "/api/expenses/proposal", WebHost.Lunch);
        Assert.Equal(("meals", "food", "13.75 USD"), (proposal.Category, proposal.Rule, proposal.ReportingAmount.ToString()));
        Assert.Equal(["large"], proposal.Flags);
        Assert.Empty((await WebHost.GetAsync<RecordList>(page, "/api/records")).Items);

        RecordReply stored = await WebHost.EnterAsync(page, WebHost.Lunch);
        Assert.Equal(("meals", "12.50 EUR", "13.75 USD", true), (stored.Record.Category, stored.Record.Amount.ToString(), stored.Record.ReportingAmount.ToString(), stored.IsEditable));
        RecordReply own = await WebHost.EnterAsync(page, WebHost.Lunch with { Category = "clients \"A\"" });
        Assert.Equal("clients \"A\"", own.Record.Category);
        RecordList list = await WebHost.GetAsync<RecordList>(page, "/api/records?category=meals");
        Assert.Equal(stored.Record.Key, Assert.Single(list.Items).Record.Key);
        Assert.Equal(("12.5", "13.75"), (list.Billed["EUR"].ToString(), list.Reporting["USD"].ToString()));
    }

    [Fact]
    public async Task The_same_request_many_times_at_once_is_stored_once_and_answered_alike()
    {
        await using WebHost host = new();
        HttpClient page = host.Page();
        RecordReply[] replies = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => WebHost.EnterAsync(page, WebHost.Lunch, "one")));
        Assert.Single(replies.Select(reply => reply.Record.Key).Distinct());
        Assert.Single((await WebHost.GetAsync<RecordList>(page, "/api/records")).Items);

        // Another expense under the key is refused, and leaves nothing.
        await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Post, "/api/expenses", WebHost.Lunch with { Amount = "13.00" }, 422, ("Idempotency-Key", "one"));
        Assert.Single((await WebHost.GetAsync<RecordList>(page, "/api/records")).Items);
        Assert.Empty((await WebHost.GetAsync<QuarantineList>(page, "/api/quarantine?resolved=true")).Items);

        // Two different ones at once: one is stored.
        HttpResponseMessage[] raced = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => WebHost.AskAsync(page, HttpMethod.Post, "/api/expenses", WebHost.Lunch with { Amount = $"{i}.00" }, ("Idempotency-Key", "two"))));
        Assert.Equal(1, raced.Count(response => (int)response.StatusCode == 201));
        Assert.Equal(7, raced.Count(response => (int)response.StatusCode == 422));
        Assert.Equal(2, (await WebHost.GetAsync<RecordList>(page, "/api/records")).Items.Count);
        Assert.Empty((await WebHost.GetAsync<QuarantineList>(page, "/api/quarantine?resolved=true")).Items);
    }

    [Fact]
    public async Task The_second_of_two_editors_is_refused_and_sees_what_the_first_one_left()
    {
        await using WebHost host = new();
        HttpClient page = host.Page();
        RecordReply stored = await WebHost.EnterAsync(page, WebHost.Lunch, "key");
        string path = $"/api/expenses/{stored.Record.Key}";
        RecordReply first = await WebHost.SendAsync<RecordReply>(page, HttpMethod.Put, path, WebHost.Lunch with { Amount = "15.00", Date = "2025-05-01" }, 200, ("If-Match", $"\"{stored.Version}\""));
        Assert.Equal(("15.00 EUR", "16.50 USD", stored.Record.Key), (first.Record.Amount.ToString(), first.Record.ReportingAmount.ToString(), first.Record.Key));
        Assert.NotEqual(stored.Version, first.Version);

        ProblemReply second = await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Put, path, WebHost.Lunch with { Amount = "99.00" }, 412, ("If-Match", $"\"{stored.Version}\""));
        Assert.Equal((first.Version, "15.00 EUR"), (second.Current!.Version, second.Current.Record.Amount.ToString()));
        await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Put, path, WebHost.Lunch, 428);

        // Editors at once: one of them wins.
        HttpResponseMessage[] raced = await Task.WhenAll(Enumerable.Range(1, 6).Select(i => WebHost.AskAsync(page, HttpMethod.Put, path, WebHost.Lunch with { Amount = $"{i}.00" }, ("If-Match", $"\"{first.Version}\""))));
        Assert.Equal((1, 5), (raced.Count(response => (int)response.StatusCode == 200), raced.Count(response => (int)response.StatusCode == 412)));
        RecordList list = await WebHost.GetAsync<RecordList>(page, "/api/records");
        Assert.Single(list.Items);
        Assert.Equal(1, list.Billed.Rows);

        RecordHistory history = await WebHost.GetAsync<RecordHistory>(page, $"/api/records/{stored.Record.Key}/history");
        Assert.Equal(["12.50 EUR", "15.00 EUR"], history.Versions.Select(version => version.From!.Amount.ToString()));

        // The first request again is answered with what became of its expense.
        Assert.Equal(history.Current!.Version, (await WebHost.EnterAsync(page, WebHost.Lunch, "key")).Version);

        // Taken back, newest first, it is what it was.
        foreach (RecordVersion version in history.Versions.Reverse())
        {
            await WebHost.SendAsync<EntryReply>(page, HttpMethod.Post, $"/api/entries/{version.EntryId}/undo");
        }

        Assert.Equal("12.50 EUR", (await WebHost.GetAsync<RecordReply>(page, $"/api/records/{stored.Record.Key}")).Record.Amount.ToString());
        await Sound(host);
    }

    [Fact]
    public async Task A_removed_expense_is_in_no_list_and_no_sum_until_its_removal_is_undone()
    {
        await using WebHost host = new();
        HttpClient page = host.Page();
        RecordReply stored = await WebHost.EnterAsync(page, WebHost.Lunch, "key");
        string path = $"/api/records/{stored.Record.Key}";
        await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Delete, path, null, 428);
        await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Delete, path, null, 412, ("If-Match", "\"0\""));
        EntryReply removed = await WebHost.SendAsync<EntryReply>(page, HttpMethod.Delete, path, new RemoveRequest { Reason = "entered twice" }, 200, ("If-Match", $"\"{stored.Version}\""));
        RecordList list = await WebHost.GetAsync<RecordList>(page, "/api/records");
        Assert.Equal((0, 0), (list.Items.Count, list.Billed.Rows));
        await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Get, path, null, 404);
        await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Post, "/api/expenses", WebHost.Lunch, 409, ("Idempotency-Key", "key"));
        RecordHistory history = await WebHost.GetAsync<RecordHistory>(page, path + "/history");
        Assert.Equal((null, "removal", "entered twice"), (history.Current, history.Versions[0].Kind, history.Versions[0].Reason));

        await WebHost.SendAsync<EntryReply>(page, HttpMethod.Post, $"/api/entries/{removed.Entries[^1].Id}/undo");
        Assert.Equal(stored.Version, (await WebHost.GetAsync<RecordReply>(page, path)).Version);
        await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Post, $"/api/entries/{removed.Entries[^1].Id}/undo", null, 409);
        await Sound(host);
    }

    [Fact]
    public async Task A_record_of_a_file_is_not_edited_but_may_be_removed()
    {
        await using WebHost host = new();
        HttpClient page = host.Page();
        await WebHost.ImportAsync(page, await WebHost.UploadAsync(page, "june.csv", "date,amount,currency\n2025-06-01,10.00,USD\n"));
        RecordReply record = Assert.Single((await WebHost.GetAsync<RecordList>(page, "/api/records")).Items);
        Assert.False(record.IsEditable);
        await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Put, $"/api/expenses/{record.Record.Key}", WebHost.Lunch, 409, ("If-Match", $"\"{record.Version}\""));
        await WebHost.SendAsync<EntryReply>(page, HttpMethod.Delete, $"/api/records/{record.Record.Key}", null, 200, ("If-Match", $"\"{record.Version}\""));
        Assert.Empty((await WebHost.GetAsync<RecordList>(page, "/api/records")).Items);
    }

    /// <summary>The ledger fits itself and its seals.</summary>
    internal static async Task Sound(WebHost host)
    {
        Assert.Empty(await new StoreVerification(host.Ledger.Store).FindFaultsAsync(WebHost.Cancellation).ToListAsync(WebHost.Cancellation));
        Assert.Empty(await new LedgerSeals(host.Ledger.Store).VerifyAsync(cancellationToken: WebHost.Cancellation).ToListAsync(WebHost.Cancellation));
    }
}
