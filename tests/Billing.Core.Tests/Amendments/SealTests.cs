using Billing.Core.Tests.Runs;

namespace Billing.Core.Tests.Amendments;

/// <summary>Every run and every entry that has ended is sealed, and the chain holds through whatever happens.</summary>
public sealed class SealTests
{
    private const string June = "date,description,amount,currency\n2025-06-01,one,1.50,USD\n2025-06-02,two,2,USD\n2025-06-03,bad,x,USD\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_is_sealed_when_it_has_ended()
    {
        Ingest ingest = new();
        IngestReport run = await ingest.Text(June);
        LedgerSeal seal = Assert.Single(await SealsAsync(ingest));
        Assert.Equal((1, run.RunId, LedgerSealKind.Run, 2, 1, 0), (seal.Number, seal.Of, seal.Kind, seal.Records, seal.Quarantined, seal.Changes));
        Assert.Equal(new string('0', 64), seal.Previous);
        LedgerHead head = await Sealed.HeadAsync(ingest.Ledger);
        Assert.Equal((1, seal.Hash), (head.Number, head.Hash));
        Assert.Empty(await Sealed.FaultsAsync(ingest.Ledger, head));
    }

    [Fact]
    public async Task Pipelines_that_seal_in_turn_and_at_once_make_one_chain()
    {
        Ingest ingest = new();
        BillingPipeline[] pipelines = [ingest.Pipeline(), ingest.Pipeline(), ingest.Pipeline()];
        for (int i = 0; i < 12; i++)
        {
            await IngestAsync(i);
        }

        await Task.WhenAll(Enumerable.Range(12, 18).Select(i => Task.Run(() => IngestAsync(i), Cancellation)));
        Assert.Equal(Enumerable.Range(1, 30).Select(number => (long)number), (await SealsAsync(ingest)).Select(seal => seal.Number));
        Assert.Empty(await Sealed.FaultsAsync(ingest.Ledger, await Sealed.HeadAsync(ingest.Ledger)));

        Task<IngestReport> IngestAsync(int i) => pipelines[i % 3].IngestAsync(BillingSource.Text($"{i}.csv", June.Replace("one", $"one {i}", StringComparison.Ordinal).Replace("two", $"two {i}", StringComparison.Ordinal)), Cancellation);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task The_chain_holds_through_deliveries_reversals_removals_and_replays(bool withIds, bool mayReplace)
    {
        int reverted = 0, removed = 0, replayed = 0, replaced = 0, changes = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            Random random = new(seed);
            LedgerModel model = new(random, withIds);
            Ingest ingest = new();
            List<string> there = [];
            List<LedgerHead> heads = [];
            List<string> expected = [];
            for (int step = 0; step < 14; step++)
            {
                switch (random.Next(7))
                {
                    case 0 or 1 when there.Count > 0:
                        string id = there[random.Next(there.Count)];
                        there.Remove(id);
                        expected.AddRange((await ingest.Pipeline().RevertAsync(id, "test", Cancellation)).Select(entry => entry.Id));
                        reverted++;
                        break;
                    case 2 when (await ingest.Records()) is { Count: > 0 } records:
                        LedgerEntry removal = await new LedgerRemoval(ingest.Ledger, "test").RunAsync([records[random.Next(records.Count)].Key], Cancellation);
                        expected.Add(removal.Id);
                        removed++;
                        break;
                    case 3:
                        foreach (IngestReport replay in await ingest.Pipeline().ReplayAsync(new QuarantineQuery(), new IngestOptions(), Cancellation))
                        {
                            expected.Add(replay.RunId);
                            replayed++;
                        }

                        break;
                    default:
                        (string name, string text, IngestOptions options) = model.Next(mayReplace);
                        IngestReport run = await LedgerModel.IngestAsync(ingest, name, text, options);
                        there.Add(run.RunId);
                        expected.Add(run.RunId);
                        replaced += (int)run.Superseded.Rows;
                        break;
                }

                if (expected.Count > 0)
                {
                    heads.Add(await Sealed.HeadAsync(ingest.Ledger));
                    Assert.Equal($"seed {seed}, step {step}: ", $"seed {seed}, step {step}: {string.Join('\n', await Sealed.FaultsAsync(ingest.Ledger, [.. heads]))}");
                }
            }

            Assert.Equal(expected, await Sealed.SealedIdsAsync(ingest.Ledger));
            changes += (await Sealed.DocumentsAsync(ingest.Ledger, "changes")).Count;
        }

        Assert.All([reverted, removed, replayed, mayReplace ? replaced : 10, changes], count => Assert.InRange(count, 10, int.MaxValue));
    }

    [Fact]
    public async Task What_is_read_again_is_what_was_hashed_on_the_way()
    {
        for (int seed = 0; seed < 30; seed++)
        {
            Random random = new(seed);
            LedgerModel model = new(random, withIds: seed % 2 == 0);
            Ingest ingest = new();
            List<string> there = [];
            for (int step = 0; step < 8; step++)
            {
                if (there.Count > 0 && random.Next(3) == 0)
                {
                    await ingest.Pipeline().RevertAsync(there[^1], "test", Cancellation);
                    there.RemoveAt(there.Count - 1);
                }
                else
                {
                    (string name, string text, IngestOptions options) = model.Next(mayReplace: true);
                    there.Add((await LedgerModel.IngestAsync(ingest, name, text, options)).RunId);
                }
            }

            // A store of the time before seals: everything but the seals.
            MemorySink earlier = await Copies.WithoutSealsAsync(ingest.Ledger);
            IReadOnlyList<LedgerSeal> again = await new LedgerSeals(earlier).SealAsync(Cancellation);
            List<LedgerSeal> made = await SealsAsync(ingest);
            Assert.Equal(made.OrderBy(seal => seal.Of, StringComparer.Ordinal).Select(Content), again.Select(Content));
            Assert.Empty(await Sealed.FaultsAsync(earlier, await Sealed.HeadAsync(earlier)));
        }

        static string Content(LedgerSeal seal) => $"{seal.Of} {seal.Kind} {seal.Report} {seal.Content} {seal.Records} {seal.Quarantined} {seal.Changes}";
    }

    [Fact]
    public async Task Nothing_is_sealed_twice_and_a_store_of_the_time_before_seals_is_sealed_in_the_order_of_its_ids()
    {
        Ingest ingest = new();
        string[] runs = [(await ingest.Text(June)).RunId, (await ingest.Text(June, "again.csv")).RunId];
        LedgerEntry entry = (await ingest.Pipeline().RevertAsync(runs[0], null, Cancellation))[^1];
        MemorySink earlier = await Copies.WithoutSealsAsync(ingest.Ledger);
        Assert.Empty(await Sealed.FaultsAsync(earlier));
        Assert.Null(await new LedgerSeals(earlier).GetHeadAsync(Cancellation));
        Assert.Equal([.. runs, entry.Id], (await new LedgerSeals(earlier).SealAsync(Cancellation)).Select(seal => seal.Of));
        Assert.Empty(await new LedgerSeals(earlier).SealAsync(Cancellation));
        Assert.Empty(await new LedgerSeals(ingest.Ledger).SealAsync(Cancellation));
        Assert.Equal(3, (await Sealed.HeadAsync(earlier)).Number);
    }

    private static async Task<List<LedgerSeal>> SealsAsync(Ingest ingest) =>
        [.. (await Sealed.DocumentsAsync(ingest.Ledger, "seals")).Select(Billing.Amendments.SealDocuments.Read)];
}
