using System.Text;
using Billing.Core.Tests.Amendments;
using Billing.Core.Tests.Runs;

namespace Billing.Core.Tests.Audits;

/// <summary>The personal text of a party is erased: totals, duplicates and proofs from an earlier head stay; an edit cannot pass for an erasure.</summary>
[Trait("Culture", "independent")]
public sealed class EraseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_an_erasure_the_text_is_nowhere_and_an_earlier_head_proves_the_rest_in_the_package_and_in_the_script()
    {
        Ingest ingest = await Audited.LedgerAsync();
        LedgerHead before = await Sealed.HeadAsync(ingest.Ledger);
        IReadOnlyList<SummaryRow> totals = await ingest.Ledger.SummarizeAsync(SummaryBy.Month, new RecordQuery(), Cancellation);
        LedgerErasureReport preview = await new LedgerErasure(ingest.Ledger, "request 17").PreviewAsync("acme", Cancellation);
        Assert.Contains("Acme", await EverythingAsync(ingest.Ledger), StringComparison.Ordinal);

        LedgerErasureReport report = await new LedgerErasure(ingest.Ledger, "request 17").RunAsync("acme", Cancellation);
        Assert.Equal((preview.Records, preview.Changes, preview.Quarantined), (report.Records, report.Changes, report.Quarantined));
        Assert.Equal(preview.Fields, report.Fields);
        Assert.True(report is { Records: > 5, Changes: > 5, Quarantined: > 0, Closed: > 0, Entry.EndedAt: not null }, report.ToString());
        string everything = await EverythingAsync(ingest.Ledger);
        Assert.DoesNotContain("Acme", everything, StringComparison.Ordinal);
        Assert.DoesNotContain("=1+1", everything, StringComparison.Ordinal);
        Assert.Contains("Bell", everything, StringComparison.Ordinal);
        Assert.Equal(totals, await ingest.Ledger.SummarizeAsync(SummaryBy.Month, new RecordQuery(), Cancellation));

        LedgerHead after = await Sealed.HeadAsync(ingest.Ledger);
        Assert.Equal(before.Number + 1, after.Number);
        Assert.Empty(await Sealed.FaultsAsync(ingest.Ledger, before, after));
        Assert.Empty(await new StoreVerification(ingest.Ledger).FindFaultsAsync(Cancellation).ToArrayAsync(Cancellation));
        await ProvedAsync(await Audited.ExportAsync(ingest.Ledger), before);
        await ProvedAsync(await Audited.ExportAsync(ingest.Ledger, new DateOnly(2025, 6, 1), new DateOnly(2025, 6, 30)), after);
    }

    [Fact]
    public async Task What_is_delivered_again_is_a_duplicate_and_does_not_bring_the_text_back()
    {
        Ingest ingest = await Audited.LedgerAsync();
        await new LedgerErasure(ingest.Ledger, "request 17").RunAsync("Acme", Cancellation);
        LedgerHead head = await Sealed.HeadAsync(ingest.Ledger);
        IngestReport again = await ingest.Text(Audited.June.Replace("2025-06", "2025-09", StringComparison.Ordinal), "september.csv", new IngestOptions { Scope = "acct", Reread = true });
        Assert.Equal((0, 5, 0, 1), (again.Stored.Rows, again.Duplicate.Rows, again.Conflict.Rows, again.Quarantined.Rows));
        Assert.DoesNotContain("Acme", await EverythingAsync(ingest.Ledger), StringComparison.Ordinal);
        Assert.Empty(await Sealed.FaultsAsync(ingest.Ledger, head));
        Assert.Equal("ids-2.csv", Assert.Single(await ingest.Quarantine()).Source.Name);
    }

    [Fact]
    public async Task A_second_erasure_of_other_text_in_the_same_records_is_proved_too()
    {
        Ingest ingest = await Audited.LedgerAsync();
        LedgerHead head = await Sealed.HeadAsync(ingest.Ledger);
        LedgerErasureReport first = await new LedgerErasure(ingest.Ledger, "request 17") { Keep = ["NOTE", "description"] }.RunAsync("Acme", Cancellation);
        Assert.Contains("small", await EverythingAsync(ingest.Ledger), StringComparison.Ordinal);
        LedgerErasureReport second = await new LedgerErasure(ingest.Ledger, "request 18").RunAsync("SMALL", Cancellation);
        Assert.True(first.Records > second.Records && second.Records > 0 && second.Changes > 0, second.ToString());
        Assert.DoesNotContain("small", await EverythingAsync(ingest.Ledger), StringComparison.Ordinal);
        Assert.Empty(await Sealed.FaultsAsync(ingest.Ledger, head));
        await ProvedAsync(await Audited.ExportAsync(ingest.Ledger), head);
    }

    [Fact]
    public async Task What_was_done_before_can_be_taken_back_after_an_erasure()
    {
        Ingest ingest = await Audited.LedgerAsync();
        LedgerHead head = await Sealed.HeadAsync(ingest.Ledger);
        LedgerErasureReport report = await new LedgerErasure(ingest.Ledger, "request 17").RunAsync("Acme", Cancellation);
        LedgerEntry[] entries = await ingest.Ledger.GetEntriesAsync(Cancellation).ToArrayAsync(Cancellation);
        await Assert.ThrowsAsync<BillingException>(() => new LedgerReversal(ingest.Ledger).RunAsync(report.Entry!.Id, Cancellation));
        foreach (LedgerEntry entry in entries.Where(entry => entry.Kind is LedgerEntryKind.Restatement or LedgerEntryKind.Removal).OrderByDescending(entry => entry.Id, StringComparer.Ordinal))
        {
            await new LedgerReversal(ingest.Ledger).RunAsync(entry.Id, Cancellation);
        }

        await new LedgerReversal(ingest.Ledger).RunAsync((await ingest.Ledger.GetAllRunsAsync(Cancellation).ToArrayAsync(Cancellation)).Single(run => run.Source == "september.csv").RunId, Cancellation);
        Assert.Empty(await Sealed.FaultsAsync(ingest.Ledger, head));
        await ProvedAsync(await Audited.ExportAsync(ingest.Ledger), head);
    }

    [Theory]
    [InlineData("an edit with a list that nobody sealed", "was not sealed|is not an erasure that was sealed")]
    [InlineData("an edit in a list that was sealed", "entry")]
    [InlineData("an edited text that counts as erased", "run")]
    public async Task An_edit_does_not_pass_for_an_erasure(string attack, string says)
    {
        Ingest ingest = await Audited.LedgerAsync();
        await new LedgerErasure(ingest.Ledger, "request 17").RunAsync("Bell", Cancellation);
        LedgerHead head = await Sealed.HeadAsync(ingest.Ledger);
        BillingRecord victim = (await ingest.Records()).First(record => record.Source.Name == "september.csv");
        MemorySink attacked = await Copies.OfAsync(ingest.Ledger, record => record.Key == victim.Key ? Edited(record, attack) : record);
        Billing.Amendments.SealDigests digests = new();
        string item = $$"""{"part":"record","id":"{{victim.Key}}","was":"{{digests.Of(victim)}}","is":"{{digests.Of(Edited(victim, attack))}}","fields":["party"]}""";
        LedgerDocument list = (await Sealed.DocumentsAsync(attacked, "erased"))[0];
        await attacked.PutDocumentAsync(
            attack == "an edit with a list that nobody sealed"
                ? new LedgerDocument("erased", "nobody/000000", Encoding.UTF8.GetBytes($$"""{"items":[{{item}}]}"""))
                : new LedgerDocument("erased", list.Id, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(list.Body.Span).Replace("{\"items\":[", "{\"items\":[" + item + ",", StringComparison.Ordinal))),
            Cancellation);
        List<StoreFault> faults = await Sealed.FaultsAsync(attacked, head);
        Assert.True(faults.Exists(fault => says.Split('|').Any(text => fault.Detail.Contains(text, StringComparison.OrdinalIgnoreCase))), string.Join('\n', faults));
        (int code, string output) = await Audited.VerifyAsync(await Audited.ExportAsync(attacked), head);
        Assert.Equal(1, code);
        Assert.Contains(attack == "an edit with a list that nobody sealed" ? "erasure: nobody/000000 is of no erasure" : "content:", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reason_with_the_name_and_a_name_that_is_none_are_refused_and_places_that_stay_are_named()
    {
        Ingest ingest = await Audited.LedgerAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => new LedgerErasure(ingest.Ledger, "Acme asked for it").RunAsync("ACME", Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => new LedgerErasure(ingest.Ledger, "r").RunAsync(" x ", Cancellation));
        LedgerErasureReport report = await new LedgerErasure(ingest.Ledger, "r").RunAsync("september", Cancellation);
        Assert.Null(report.Entry);
        Assert.Contains(report.Remaining, place => place.StartsWith("the report of run", StringComparison.Ordinal));
        Assert.Contains(report.Remaining, place => place.StartsWith("the source name of the record", StringComparison.Ordinal));
    }

    private static BillingRecord Edited(BillingRecord record, string attack) => attack == "an edited text that counts as erased"
        ? Billing.Erasures.TextEraser.Erase(record, ["description"])
        : record.Recategorised("edited", null);

    private static async Task ProvedAsync(string folder, LedgerHead head)
    {
        (int code, string output) = await Audited.VerifyAsync(folder, head);
        Assert.True(code == 0, output);
    }

    // Every text that the ledger has, but for reports.
    private static async Task<string> EverythingAsync(MemorySink ledger)
    {
        StringBuilder text = new();
        foreach (string name in (string[])["records", "changes", "quarantine", "erased", "entries"])
        {
            text.Append(await File.ReadAllTextAsync(Path.Combine(await Audited.ExportAsync(ledger), name + ".jsonl"), Cancellation));
        }

        foreach (LedgerDocument document in (await Sealed.DocumentsAsync(ledger, "changes")).Concat(await Sealed.DocumentsAsync(ledger, "replaced")))
        {
            text.Append(Encoding.UTF8.GetString(document.Body.Span));
        }

        return text.ToString();
    }
}
