using Billing.Core.Tests.Runs;

namespace Billing.Core.Tests.Amendments;

/// <summary>What a delivery that replaces meets where its totals are stated too.</summary>
public sealed class ReplacingTests
{
    private const string June = "date,company,amount,currency\n2025-06-08,A,1.00,USD\n2025-06-09,B,2.00,USD\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_contradicted_delivery_is_a_failed_run_and_supersedes_nothing()
    {
        Ingest ingest = new();
        Delivery june = Delivery.Replace("card-1", new DateOnly(2025, 6, 1), new DateOnly(2025, 6, 30));
        await ingest.Text(June, "1.csv", new IngestOptions { Scope = "card-1", Delivery = june });
        string keys = await ingest.Keys();

        List<IngestReport> told = [];
        IngestFailedException failure = await Assert.ThrowsAsync<IngestFailedException>(() => ingest.Text(
            "date,company,amount,currency\n2025-06-08,A,1.00,USD\n", "2.csv", new IngestOptions { Scope = "card-1", Delivery = june, Expect = StatedTotals.Parse("rows=2"), RunEnded = told.Add }));
        Assert.Contains("does not come to what is stated of it", failure.Message, StringComparison.Ordinal);
        Assert.Equal(keys, await ingest.Keys());

        IngestReport run = (await ingest.Ledger.GetAllRunsAsync(Cancellation).ToArrayAsync(Cancellation)).Single(run => run.Source == "2.csv");
        Assert.Equal((RunStatus.Failed, ProofOutcome.Contradicted, 0L, run.RunId), (run.Status, run.Proof!.Outcome, run.Superseded.Rows, Assert.Single(told).RunId));

        IngestReport right = await ingest.Text("date,company,amount,currency\n2025-06-08,A,1.00,USD\n", "2.csv", new IngestOptions { Scope = "card-1", Delivery = june, Expect = StatedTotals.Parse("rows=1") });
        Assert.Equal((ProofOutcome.Proved, 1L, 1L), (right.Proof!.Outcome, right.Duplicate.Rows, right.Superseded.Rows));
        Assert.Single(await ingest.Records());
    }
}
