namespace Billing.Core.Tests.Amendments;

/// <summary>Ingestions under other and other rates and rules, deliveries that replace, replays, restatements, applied rules: what is taken back leaves what would be there without it.</summary>
[Trait("Culture", "independent")]
public sealed class HistoryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Runs_and_revisions_that_are_taken_back_in_whatever_order_leave_what_would_be_there_without_them()
    {
        int reverted = 0, refused = 0, replayed = 0, revised = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            Random random = new(seed);
            HistoryModel model = new(random);
            HistoryLedger ledger = new();
            List<HistoryStep> there = [];
            List<string> log = [];
            for (int number = 0; number < 14; number++)
            {
                int kind = random.Next(12);
                if (kind < 4 && there.Count > 0)
                {
                    HistoryStep back = there[random.Next(there.Count)];
                    try
                    {
                        await ledger.Ingest.Pipeline().RevertAsync(ledger.Ids[back.Number], "test", Cancellation);
                        there.RemoveAll(step => step == back || step.Of == back.Number);
                        log.Add($"revert {back.Number}");
                        reverted++;
                    }
                    catch (BillingException e)
                    {
                        // What was changed since by an entry is taken back last first.
                        Assert.Matches("was changed since the|came after (entry|run|that run)", e.Message);
                        log.Add($"revert {back.Number}: refused");
                        refused++;
                    }
                }
                else
                {
                    HistoryStep[] ingested = [.. there.Where(step => step.Text.StartsWith("ingest", StringComparison.Ordinal))];
                    HistoryStep step = kind == 4 && ingested.Length > 0 ? HistoryModel.Replay(number, ingested[random.Next(ingested.Length)].Number)
                        : kind == 5 ? model.Restate(number)
                        : kind == 6 ? model.Apply(number)
                        : model.Ingest(number);
                    if (await ledger.RunAsync(step))
                    {
                        log.Add($"{number}: {step.Text}");
                        there.Add(step);
                        replayed += step.Of is null ? 0 : 1;
                        revised += kind is 5 or 6 ? 1 : 0;
                    }
                }

                HistoryLedger expected = new();
                foreach (HistoryStep step in there)
                {
                    await expected.RunAsync(step);
                }

                (string wanted, string found) = (await HistoryModel.StateAsync(expected), await HistoryModel.StateAsync(ledger));
                Assert.True(wanted == found, $"seed {seed}, step {number}\n{string.Join('\n', log)}\nexpected:\n{wanted}\nis:\n{found}");
                await foreach (StoreFault fault in new StoreVerification(ledger.Ingest.Ledger).FindFaultsAsync(Cancellation))
                {
                    Assert.Fail($"seed {seed}, step {number}\n{string.Join('\n', log)}\n{fault}");
                }
            }
        }

        Assert.All([reverted, replayed, revised, refused], count => Assert.InRange(count, 10, int.MaxValue));
    }
}
