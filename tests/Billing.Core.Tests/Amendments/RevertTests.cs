using Billing.Core.Tests.Runs;

namespace Billing.Core.Tests.Amendments;

/// <summary>After a run is taken back, the ledger is as if it had never been.</summary>
public sealed class RevertTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Whatever_is_taken_back_in_whatever_order_the_ledger_is_as_if_it_had_not_been(bool withIds, bool mayReplace)
    {
        int reverted = 0, kept = 0, replaced = 0, known = 0, closed = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            Random random = new(seed);
            LedgerModel model = new(random, withIds);
            Ingest ingest = new();
            List<(IngestReport Run, (string, string, IngestOptions) Delivery)> there = [];
            List<string> log = [];
            for (int step = 0; step < 12; step++)
            {
                if (there.Count > 0 && random.Next(3) == 0)
                {
                    int at = random.Next(there.Count);
                    LedgerEntry entry = (await ingest.Pipeline().RevertAsync(there[at].Run.RunId, "test", Cancellation))[^1];
                    log.Add($"revert {there[at].Run.Source} {there[at].Run.RunId}");
                    there.RemoveAt(at);
                    reverted++;
                    kept += (int)entry.Changed;
                    closed += (await ingest.Quarantine(resolved: true)).Count(row => !row.IsOpen);
                }
                else
                {
                    (string name, string text, IngestOptions options) = model.Next(mayReplace);
                    IngestReport run = await LedgerModel.IngestAsync(ingest, name, text, options);
                    log.Add($"{run.Source} {run.RunId} {options.Delivery} {run.KnownFrom} {text}");
                    Assert.True(run.IsBalanced);
                    there.Add((run, (name, text, options)));
                    replaced += (int)run.Superseded.Rows;
                    known += run.KnownFrom is null ? 0 : 1;
                }

                Ingest expected = await LedgerModel.OfAsync(there.Select(pair => pair.Delivery));
                string context = $"seed {seed}, step {step}\n{string.Join('\n', log)}";
                Assert.Equal($"{context}\n{await LedgerModel.StateAsync(expected.Ledger)}", $"{context}\n{await LedgerModel.StateAsync(ingest.Ledger)}");
                Assert.Empty(await Verified(ingest));
            }
        }

        Assert.All([reverted, kept, known, closed, mayReplace ? replaced : 10], count => Assert.InRange(count, 10, int.MaxValue));
    }

    private static async Task<List<StoreFault>> Verified(Ingest ingest)
    {
        List<StoreFault> faults = [];
        await foreach (StoreFault fault in new StoreVerification(ingest.Ledger).FindFaultsAsync(Cancellation))
        {
            faults.Add(fault);
        }

        return faults;
    }
}
