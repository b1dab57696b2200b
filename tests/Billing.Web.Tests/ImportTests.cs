using System.Text;
using Billing.Web.Contracts;

namespace Billing.Web.Tests;

/// <summary>From an upload in pieces to a balanced statement; what is refused is mended, dismissed, or taken back.</summary>
public sealed class ImportTests
{
    private const string June = "date,company,amount,currency\n2025-06-01,Acme,10.00,USD\n2025-06-02,Beta,2O.00,USD\n2025-06-03,Gamma,30.00,EUR\n";

    [Fact]
    public async Task An_upload_is_sent_in_pieces_goes_on_where_it_broke_off_and_is_checked()
    {
        await using WebHost host = new(("PieceBytes", "1024"));
        HttpClient page = host.Page();
        byte[] bytes = Encoding.UTF8.GetBytes("date,amount,currency\n" + string.Concat(Enumerable.Range(1, 200).Select(i => $"2025-06-01,{i}.00,USD\n")));
        UploadReply upload = await WebHost.SendAsync<UploadReply>(page, HttpMethod.Post, "/api/uploads", new UploadRequest { Name = "rows.csv", Size = bytes.Length }, 201);
        string path = $"/api/uploads/{upload.Id}";
        Assert.Equal(1024, (await Send(0, bytes[..1024])).Offset);

        // A piece again, one too far, one too large, one without a place: nothing of them is taken.
        await Refused(0, bytes[..1024], 409);
        await Refused(2048, bytes[2048..3000], 409);
        await Refused(1024, bytes[1024..2100], 413);
        Assert.Equal(1024, (await WebHost.GetAsync<UploadReply>(page, path)).Offset);
        await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Post, path + "/complete", new UploadCompletion { Sha256 = new string('0', 64) }, 409);
        await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Post, path + "/import", new ImportTerms(), 409);
        for (int at = 1024; at < bytes.Length; at += 1000)
        {
            await Send(at, bytes[at..Math.Min(at + 1000, bytes.Length)]);
        }

        await Refused(bytes.Length, "x"u8.ToArray(), 400);

        // Other bytes than the sender has: all of it again.
        await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Post, path + "/complete", new UploadCompletion { Sha256 = new string('0', 64) }, 400);
        Assert.Equal(0, (await WebHost.GetAsync<UploadReply>(page, path)).Offset);
        for (int at = 0; at < bytes.Length; at += 1000)
        {
            await Send(at, bytes[at..Math.Min(at + 1000, bytes.Length)]);
        }

        await WebHost.SendAsync<UploadReply>(page, HttpMethod.Post, path + "/complete", new UploadCompletion { Sha256 = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes)) });
        ImportReply import = await WebHost.ImportAsync(page, upload.Id);
        Assert.Equal(("completed", 200, "20100"), (import.State, (int)import.Report!.Stored.Rows, import.Report.Stored["USD"].ToString()));
        Assert.Equal(204, (int)(await WebHost.AskAsync(page, HttpMethod.Delete, path)).StatusCode);
        await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Get, path, null, 404);

        Task<UploadReply> Send(long offset, byte[] piece) => WebHost.SendAsync<UploadReply>(page, HttpMethod.Patch, path, Octets(piece), 200, ("Upload-Offset", $"{offset}"));

        Task<ProblemReply> Refused(long offset, byte[] piece, int status) => WebHost.SendAsync<ProblemReply>(page, HttpMethod.Patch, path, Octets(piece), status, ("Upload-Offset", $"{offset}"));
    }

    [Fact]
    public async Task A_layout_is_proposed_and_an_answer_settles_its_question()
    {
        await using WebHost host = new();
        HttpClient page = host.Page();
        string upload = await WebHost.UploadAsync(page, "bank.csv", "Datum;Betrag;Zweck\n01.02.2025;1.234,50;Miete\n03.04.2025;-7,00;Brot\n");
        ProposalReply proposal = await WebHost.SendAsync<ProposalReply>(page, HttpMethod.Post, $"/api/uploads/{upload}/proposal");
        Assert.Equal(SourceFormat.Csv, proposal.Format);
        Assert.Equal(3, proposal.Columns.Count);
        Assert.NotEmpty(proposal.Questions);
        SourceLayout stated = proposal.Layout with { DefaultCurrency = "EUR", DateFormats = ["dd.MM.yyyy"] };
        ProposalReply again = await WebHost.SendAsync<ProposalReply>(page, HttpMethod.Post, $"/api/uploads/{upload}/proposal", new ProposalRequest { Layout = stated });
        Assert.Equal(2, again.RowsRead);
        PreviewReply preview = await WebHost.SendAsync<PreviewReply>(page, HttpMethod.Post, $"/api/uploads/{upload}/preview", new ImportTerms { Layout = again.Layout });
        Assert.Equal(["1234.50 EUR", "-7.00 EUR"], preview.Rows.Items.Select(row => row.Record!.Amount.ToString()));
    }

    [Fact]
    public async Task A_preview_tells_what_is_new_duplicate_changed_and_refused_and_stores_nothing()
    {
        await using WebHost host = new();
        HttpClient page = host.Page();
        ImportTerms byId = new() { Layout = new SourceLayout { Identity = RecordIdentity.Columns("id") } };
        await WebHost.ImportAsync(page, await WebHost.UploadAsync(page, "one.csv", "id,date,amount,currency\n1,2025-06-01,10.00,USD\n2,2025-06-02,20.00,USD\n"), byId);
        string upload = await WebHost.UploadAsync(page, "two.csv", "id,date,amount,currency\n1,2025-06-01,10.00,USD\n2,2025-06-02,21.00,USD\n3,2025-06-03,30.00,EUR\n4,2025-06-04,x,USD\n");
        int runs = (await WebHost.GetAsync<RunList>(page, "/api/runs")).Items.Count;
        PreviewReply preview = await WebHost.SendAsync<PreviewReply>(page, HttpMethod.Post, $"/api/uploads/{upload}/preview", byId);
        Assert.Equal([RowOutcomeKind.Duplicate, RowOutcomeKind.Conflict, RowOutcomeKind.Stored, RowOutcomeKind.Quarantined], preview.Rows.Items.Select(row => row.Outcome));
        Assert.Equal(("20.00 USD", "21.00 USD"), (preview.Rows.Items[1].Stored!.Amount.ToString(), preview.Rows.Items[1].Record!.Amount.ToString()));
        Assert.Equal("4,2025-06-04,x,USD", preview.Rows.Items[3].Raw);
        Assert.True(preview.Report is { IsDryRun: true, IsBalanced: true });
        PreviewRows refused = await WebHost.GetAsync<PreviewRows>(page, $"/api/uploads/{upload}/preview/{preview.Id}/rows?outcome=quarantined");
        Assert.Equal(5, Assert.Single(refused.Items).Source.Line);
        List<PreviewRow> paged = [];
        string? next = null;
        do
        {
            PreviewRows one = await WebHost.GetAsync<PreviewRows>(page, $"/api/uploads/{upload}/preview/{preview.Id}/rows?limit=1{(next is null ? "" : "&next=" + next)}");
            paged.AddRange(one.Items);
            next = one.Next;
        }
        while (next is not null);

        Assert.Equal([2, 3, 4, 5], paged.Select(row => row.Source.Line));
        Assert.Equal(runs, (await WebHost.GetAsync<RunList>(page, "/api/runs")).Items.Count);
        Assert.Equal(2, (await WebHost.GetAsync<RecordList>(page, "/api/records")).Items.Count);
        Assert.Empty((await WebHost.GetAsync<QuarantineList>(page, "/api/quarantine?resolved=true")).Items);
    }

    [Fact]
    public async Task What_the_sender_states_is_proved_or_contradicted_and_a_contradicted_file_stores_nothing()
    {
        await using WebHost host = new();
        HttpClient page = host.Page();
        string upload = await WebHost.UploadAsync(page, "june.csv", "date,amount,currency\n2025-06-01,10.00,USD\n2025-06-02,20.00,USD\n");
        ImportTerms wrong = new() { Expect = StatedTotals.Parse("rows=2,total:USD=31") };
        PreviewReply preview = await WebHost.SendAsync<PreviewReply>(page, HttpMethod.Post, $"/api/uploads/{upload}/preview", wrong);
        Assert.Equal(ProofOutcome.Contradicted, preview.Report.Proof.Outcome);
        Assert.Contains("31", preview.Refusal, StringComparison.Ordinal);
        ImportReply failed = await WebHost.ImportAsync(page, upload, wrong);
        Assert.Equal("failed", failed.State);
        Assert.Empty((await WebHost.GetAsync<RecordList>(page, "/api/records")).Items);
        Assert.Equal("failed", await StateOf("""{"expect":{"rows":3}}"""));
        Assert.Equal("failed", await StateOf("""{"expect":{"totals":{"USD":"31"}}}"""));
        await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Post, $"/api/uploads/{upload}/import", """{"expect":{"row":2}}""", 400);
        await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Post, $"/api/uploads/{upload}/import", """{"expect":{}}""", 400);
        Assert.Empty((await WebHost.GetAsync<RecordList>(page, "/api/records")).Items);
        ImportTerms right = new() { Expect = StatedTotals.Parse("rows=2,total:USD=30") };
        Assert.Null((await WebHost.SendAsync<PreviewReply>(page, HttpMethod.Post, $"/api/uploads/{upload}/preview", right)).Refusal);
        ImportReply proved = await WebHost.ImportAsync(page, upload, right);
        Assert.Equal(("completed", ProofOutcome.Proved), (proved.State, proved.Report!.Proof.Outcome));
        Assert.Contains("balanced", proved.Statement, StringComparison.Ordinal);

        async Task<string> StateOf(string terms) => (await WebHost.EndOfAsync(page, (await WebHost.SendAsync<ImportReply>(page, HttpMethod.Post, $"/api/uploads/{upload}/import", terms, 202)).Id)).State;
    }

    [Fact]
    public async Task A_refused_row_is_mended_in_place_another_dismissed_and_the_run_taken_back()
    {
        await using WebHost host = new();
        HttpClient page = host.Page();
        ImportReply import = await WebHost.ImportAsync(page, await WebHost.UploadAsync(page, "june.csv", June + "2025-06-04,Delta,no amount,USD\n"));
        Assert.Equal((2, 2), (import.Report!.Stored.Rows, import.Report.Quarantined.Rows));
        QuarantineList list = await WebHost.GetAsync<QuarantineList>(page, $"/api/quarantine?run={import.Report.RunId}");
        Assert.All(list.Items, item => Assert.True(item.IsMendable));
        RecordKey first = list.Items[0].Row.Key;
        MendReply still = await WebHost.SendAsync<MendReply>(page, HttpMethod.Post, $"/api/quarantine/{first}/mend", new MendRequest { Text = "2025-06-02,Beta,2OO,USD" });
        Assert.Equal((RowOutcomeKind.Quarantined, null), (still.Outcome.Kind, still.Record));
        MendReply mended = await WebHost.SendAsync<MendReply>(page, HttpMethod.Post, $"/api/quarantine/{first}/mend", new MendRequest { Text = "2025-06-02,Beta,20.00,USD", Reason = "an O" });
        Assert.Equal((RowOutcomeKind.Stored, "20.00 USD"), (mended.Outcome.Kind, mended.Record!.Amount.ToString()));
        await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Post, $"/api/quarantine/{first}/mend", new MendRequest { Text = "2025-06-02,Beta,20.00,USD" }, 409);

        RecordKey second = list.Items[1].Row.Key;
        await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Post, "/api/quarantine/dismiss", new DismissRequest { Keys = [second.ToString()] }, 400);
        Assert.Equal(204, (int)(await WebHost.AskAsync(page, HttpMethod.Post, "/api/quarantine/dismiss", new DismissRequest { Keys = [second.ToString()], Reason = "no record" })).StatusCode);
        Assert.Empty((await WebHost.GetAsync<QuarantineList>(page, "/api/quarantine")).Items);
        Assert.Equal("no record", (await WebHost.GetAsync<QuarantineItem>(page, $"/api/quarantine/{second}")).Row.Dismissal);
        Assert.Equal(3, (await WebHost.GetAsync<RecordList>(page, "/api/records")).Items.Count);
        await ExpenseTests.Sound(host);

        EntryReply reverted = await WebHost.SendAsync<EntryReply>(page, HttpMethod.Post, $"/api/runs/{import.Report.RunId}/revert", new ReasonRequest { Reason = "the wrong month" });
        Assert.Equal(2, reverted.Entries.Count);
        Assert.Empty((await WebHost.GetAsync<RecordList>(page, "/api/records")).Items);
        await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Post, $"/api/runs/{import.Report.RunId}/revert", null, 409);
        await ExpenseTests.Sound(host);
    }

    [Fact]
    public async Task A_row_that_waits_for_a_rule_is_replayed_under_the_rules_of_the_host()
    {
        await using WebHost host = new();
        HttpClient page = host.Page();
        RulesReply none = await WebHost.GetAsync<RulesReply>(page, "/api/rules");
        RulesReply strict = await WebHost.SendAsync<RulesReply>(page, HttpMethod.Put, "/api/rules", new RulesDraft { Text = """{ "rules": [ { "name": "small", "require": { "amount": { "under": 20 } } } ] }""" }, 200, ("If-Match", $"\"{none.Version}\""));
        ImportReply import = await WebHost.ImportAsync(page, await WebHost.UploadAsync(page, "june.csv", "date,amount,currency\n2025-06-01,10.00,USD\n2025-06-02,20.00,USD\n"));
        Assert.Equal((1, 1), (import.Report!.Stored.Rows, import.Report.Quarantined.Rows));
        ReplayReply same = await WebHost.SendAsync<ReplayReply>(page, HttpMethod.Post, "/api/quarantine/replay", new ReplayRequest { RunId = import.Report.RunId });
        Assert.Equal(1, Assert.Single(same.Reports).Quarantined.Rows);
        await WebHost.SendAsync<RulesReply>(page, HttpMethod.Put, "/api/rules", new RulesDraft { Text = """{ "rules": [] }""" }, 200, ("If-Match", $"\"{strict.Version}\""));
        await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Put, "/api/rules", new RulesDraft { Text = """{ "rules": [] }""" }, 412, ("If-Match", $"\"{strict.Version}\""));
        ReplayReply replay = await WebHost.SendAsync<ReplayReply>(page, HttpMethod.Post, "/api/quarantine/replay", new ReplayRequest { Reason = "rule_failed", UseCurrent = true });
        Assert.Equal(1, Assert.Single(replay.Reports).Stored.Rows);
    }

    [Fact]
    public async Task A_delivery_replaces_its_period_and_its_preview_says_what_it_would_replace()
    {
        await using WebHost host = new();
        HttpClient page = host.Page();
        ImportTerms terms = new() { Layout = new SourceLayout { Identity = RecordIdentity.Columns("id") }, Delivery = new DeliveryTerms { Scope = "acme", From = "2025-06-01", To = "2025-06-30" } };
        await WebHost.ImportAsync(page, await WebHost.UploadAsync(page, "one.csv", "id,date,amount,currency\n1,2025-06-01,10.00,USD\n2,2025-06-02,20.00,USD\n"), terms);
        string upload = await WebHost.UploadAsync(page, "two.csv", "id,date,amount,currency\n1,2025-06-01,11.00,USD\n3,2025-06-03,30.00,USD\n");
        PreviewReply preview = await WebHost.SendAsync<PreviewReply>(page, HttpMethod.Post, $"/api/uploads/{upload}/preview", terms);
        Assert.Null(preview.Refusal);
        Assert.Contains(preview.Report.Warnings, warning => warning.Contains("1 changed rows would replace what is stored, and 1 records", StringComparison.Ordinal));
        ImportReply import = await WebHost.ImportAsync(page, upload, terms);
        Assert.Equal((2, 2), (import.Report!.Stored.Rows, import.Report.Superseded.Rows));
        Assert.Equal(["11.00 USD", "30.00 USD"], (await WebHost.GetAsync<RecordList>(page, "/api/records?sort=date")).Items.Select(item => item.Record.Amount.ToString()));
    }

    [Fact]
    public async Task An_import_is_cancelled_and_imported_again_without_doubling_a_row()
    {
        await using WebHost host = new();
        HttpClient page = host.Page();
        string upload = await WebHost.UploadAsync(page, "large.csv", Large(80_000));
        ImportReply begun = await WebHost.SendAsync<ImportReply>(page, HttpMethod.Post, $"/api/uploads/{upload}/import", new ImportTerms(), 202);
        await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Post, $"/api/uploads/{upload}/import", new ImportTerms(), 409);
        await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Delete, $"/api/uploads/{upload}", null, 409);
        await WebHost.SendAsync<ImportReply>(page, HttpMethod.Post, $"/api/imports/{begun.Id}/cancel");
        ImportReply cancelled = await WebHost.EndOfAsync(page, begun.Id);
        Assert.Equal("cancelled", cancelled.State);
        await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Post, $"/api/imports/{begun.Id}/cancel", null, 409);
        ImportReply whole = await WebHost.ImportAsync(page, upload);
        Assert.Equal("completed", whole.State);
        Assert.Equal(80_000, whole.Report!.Stored.Rows + whole.Report.Duplicate.Rows);
        Assert.Equal(80_000, (await WebHost.GetAsync<RecordList>(page, "/api/records?limit=1")).Billed.Rows);
        Assert.Equal(2, (await WebHost.GetAsync<ImportList>(page, "/api/imports")).Items.Count);
    }

    [Fact]
    public async Task A_file_that_is_not_text_and_a_layout_that_does_not_fit_are_refused_with_a_reason()
    {
        await using WebHost host = new();
        HttpClient page = host.Page();
        string upload = await WebHost.UploadAsync(page, "damaged.csv.gz", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 1, 2, 3]);
        ProblemReply problem = await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Post, $"/api/uploads/{upload}/proposal", null, 422);
        Assert.Contains("damaged.csv.gz", problem.Detail, StringComparison.Ordinal);
        Assert.Contains("gzip", (await WebHost.SendAsync<PreviewReply>(page, HttpMethod.Post, $"/api/uploads/{upload}/preview")).Refusal, StringComparison.Ordinal);
        Assert.Equal("failed", (await WebHost.ImportAsync(page, upload)).State);
        string june = await WebHost.UploadAsync(page, "june.csv", June);
        await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Post, $"/api/uploads/{june}/preview", new ImportTerms { Layout = new SourceLayout { Amount = "nothing" } }, 422);
        Assert.Empty((await WebHost.GetAsync<RecordList>(page, "/api/records")).Items);
    }

    internal static string Large(int rows) => "date,company,amount,currency\n" + string.Concat(Enumerable.Range(0, rows).Select(i => $"2025-06-{(i % 28) + 1:D2},Company {i},{i % 900}.{i % 100:D2},USD\n"));

    private static ByteArrayContent Octets(byte[] bytes)
    {
        ByteArrayContent content = new(bytes);
        content.Headers.ContentType = new("application/octet-stream");
        return content;
    }
}
