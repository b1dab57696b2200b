using Billing.Amendments;
using Billing.Core.Tests.Runs;

namespace Billing.Core.Tests.Amendments;

/// <summary>Runs that fail, are interrupted, or cannot be sealed when they end.</summary>
public sealed class SealEndingTests
{
    private const string June = "date,description,amount,currency\n2025-06-01,one,1,USD\n2025-06-02,two,2,USD\n2025-06-03,three,3,USD\n2025-06-04,four,4,USD\n";

    private readonly HookedLedger _ledger = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_failed_is_sealed_with_all_that_the_ledger_stored_also_where_no_answer_came()
    {
        int writes = 0;
        _ledger.AfterWrite = () => _ = ++writes == 3 ? throw new BillingException("No answer.") : 0;
        IngestFailedException failed = await Assert.ThrowsAsync<IngestFailedException>(() => IngestAsync());
        LedgerSeal seal = SealDocuments.Read(Assert.Single(await Sealed.DocumentsAsync(_ledger, "seals")));
        Assert.Equal((failed.Report.RunId, 3, 2), (seal.Of, seal.Records, failed.Report.Stored.Rows));
        Assert.Empty(await Sealed.FaultsAsync(_ledger, await Sealed.HeadAsync(_ledger)));
    }

    [Fact]
    public async Task A_run_whose_seal_cannot_be_made_is_completed_and_named_until_it_is_sealed()
    {
        await IngestAsync();
        _ledger.BeforeAdd = () => throw new BillingException("The store fails.");
        IngestReport run = await IngestAsync("july.csv", June.Replace("2025-06", "2025-07", StringComparison.Ordinal));
        Assert.Equal(RunStatus.Completed, run.Status);
        _ledger.BeforeAdd = null;
        LedgerHead head = await Sealed.HeadAsync(_ledger);
        StoreFault open = Assert.Single(await Sealed.FaultsAsync(_ledger, head));
        Assert.Equal((StoreFaultKind.NotSealed, run.RunId), (open.Kind, open.RunId));
        Assert.Contains("has ended and is not sealed. billing seal seals it: 4 records.", open.Detail, StringComparison.Ordinal);
        Assert.Equal(run.RunId, Assert.Single(await new LedgerSeals(_ledger).SealAsync(Cancellation)).Of);
        Assert.Empty(await Sealed.FaultsAsync(_ledger, head, await Sealed.HeadAsync(_ledger)));
    }

    [Fact]
    public async Task A_run_that_was_interrupted_is_named_with_its_records_and_sealed_once_it_was_taken_back()
    {
        await IngestAsync();
        await _ledger.WriteRunAsync(Some.Report("0", "broken.csv"), Cancellation);
        await _ledger.WriteAsync([Some.Record("a", runId: "0", source: "broken.csv"), Some.Record("b", runId: "0", source: "broken.csv", line: 3)], Cancellation);
        Assert.Empty(await new LedgerSeals(_ledger).SealAsync(Cancellation));
        StoreFault open = Assert.Single(await Sealed.FaultsAsync(_ledger, await Sealed.HeadAsync(_ledger)));
        Assert.Contains("is listed as running, and is not sealed until it has ended: 2 records.", open.Detail, StringComparison.Ordinal);
        await new LedgerReversal(_ledger) { IncludeInterrupted = true }.RunAsync("0", Cancellation);
        Assert.Equal("0", Assert.Single(await new LedgerSeals(_ledger).SealAsync(Cancellation)).Of);
        Assert.Empty(await Sealed.FaultsAsync(_ledger, await Sealed.HeadAsync(_ledger)));
    }

    [Fact]
    public async Task A_dry_run_is_not_sealed()
    {
        await HookedSink.Pipeline("CAD=1", _ledger).AsDryRun().IngestAsync(BillingSource.Text("june.csv", June), Cancellation);
        Assert.Empty(await Sealed.DocumentsAsync(_ledger, "seals"));
    }

    [Fact]
    public async Task A_number_that_another_run_takes_first_is_left_to_it()
    {
        IngestReport other = Some.Report("other") with { Status = RunStatus.Completed };
        bool isTaken = false;
        _ledger.BeforeAdd = () =>
        {
            if (!isTaken)
            {
                isTaken = true;
                _ledger.Inner.WriteRunAsync(other, Cancellation).AsTask().GetAwaiter().GetResult();
                LedgerSeal seal = SealWriter.After(null, SealWriter.Of(other, SealedContent.Of([], [], []), DateTimeOffset.UnixEpoch));
                _ledger.Inner.AddDocumentAsync(SealDocuments.Write(seal), Cancellation).AsTask().GetAwaiter().GetResult();
            }
        };
        IngestReport run = await IngestAsync();
        Assert.Equal(["other", run.RunId], await Sealed.SealedIdsAsync(_ledger));
        Assert.Empty(await Sealed.FaultsAsync(_ledger, await Sealed.HeadAsync(_ledger)));
    }

    private Task<IngestReport> IngestAsync(string name = "june.csv", string text = June) => HookedSink.Pipeline("CAD=1", _ledger).IngestAsync(BillingSource.Text(name, text), Cancellation);
}
