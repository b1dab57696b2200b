using Billing.Core.Tests.Runs;

namespace Billing.Core.Tests.Amendments;

/// <summary>After a run is taken back, the ledger is as if it had never been.</summary>
[Trait("Culture", "independent")]
public sealed class RevertTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Whatever_is_taken_back_in_whatever_order_the_ledger_is_as_if_it_had_not_been(bool withIds, bool mayReplace)
    {
        int reverted = 0, kept = 0, replaced = 0, known = 0, closed = 0, removed = 0, returned = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            Random random = new(seed);
            LedgerModel model = new(random, withIds);
            Ingest ingest = new();
            List<(string Id, bool IsRemoval, Func<Ingest, Task> Again)> there = [];
            List<string> log = [];
            for (int step = 0; step < 12; step++)
            {
                IReadOnlyList<BillingRecord> records = await ingest.Records();
                if (there.Count > 0 && random.Next(3) == 0)
                {
                    (string id, bool isRemoval, _) = there[random.Next(there.Count)];
                    log.Add($"revert {id}");
                    there.RemoveAll(step => step.Id == id);
                    LedgerEntry entry = (await ingest.Pipeline().RevertAsync(id, "test", Cancellation))[^1];
                    reverted++;
                    kept += (int)entry.Changed;
                    returned += isRemoval ? (int)entry.PutBack.Rows : 0;
                    closed += (await ingest.Quarantine(resolved: true)).Count(row => !row.IsOpen);
                }
                else if (!mayReplace && records.Count > 0 && random.Next(4) == 0)
                {
                    RecordKey key = records[random.Next(records.Count)].Key;
                    LedgerEntry entry = await new LedgerRemoval(ingest.Ledger, "test").RunAsync([key], Cancellation);
                    log.Add($"remove {key}: {entry.Id}");
                    there.Add((entry.Id, true, again => LedgerModel.RemoveAsync(again, key)));
                }
                else
                {
                    (string name, string text, IngestOptions options) = model.Next(mayReplace);
                    IngestReport run = await LedgerModel.IngestAsync(ingest, name, text, options);
                    log.Add($"{run.Source} {run.RunId} {options.Delivery} {run.KnownFrom} {text}");
                    Assert.True(run.IsBalanced);
                    there.Add((run.RunId, false, again => LedgerModel.IngestAsync(again, name, text, options)));
                    replaced += (int)run.Superseded.Rows;
                    known += run.KnownFrom is null ? 0 : 1;
                    removed += (int)run.Removed.Rows;
                }

                Ingest expected = await LedgerModel.OfAsync(there.Select(step => step.Again));
                string context = $"seed {seed}, step {step}\n{string.Join('\n', log)}";
                (string wanted, string found) = (await LedgerModel.StateAsync(expected.Ledger), await LedgerModel.StateAsync(ingest.Ledger));
                Assert.True(wanted == found, $"{context}\nexpected:\n{wanted}\nis:\n{found}");
                Assert.Empty(await Verified(ingest));
            }
        }

        Assert.All([reverted, kept, known, closed, mayReplace ? replaced : removed, mayReplace ? 10 : returned], count => Assert.InRange(count, 10, int.MaxValue));
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
