using Billing.Core.Tests.Runs;

namespace Billing.Core.Tests.Amendments;

/// <summary>Rules that are applied to what is stored do what their trial predicted, and are taken back.</summary>
public sealed class RuleApplyTests
{
    private static readonly string[] s_parties = ["Acme", "The Bar, Leeds", "Bakery Nord", "Casino", "Rail"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Predicted_moves_are_those_that_are_applied_to_the_cent_and_taken_back()
    {
        long moved = 0;
        for (int seed = 0; seed < 50; seed++)
        {
            Random random = new(seed);
            Ingest ingest = new();
            await ingest.Pipeline(billing => billing.AddCategoryRules(CategoryRules.Parse(Rules(random))))
                .IngestAsync(BillingSource.Text("june.csv", Source(random)), Cancellation);
            Dictionary<RecordKey, BillingRecord> before = (await ingest.Records()).ToDictionary(record => record.Key);
            RuleTrial draft = new(CategoryRules.Parse(Rules(random)));
            RuleTrialReport predicted = await draft.RunAsync(ingest.Ledger, cancellationToken: Cancellation);

            LedgerEntry entry = await draft.ApplyAsync(ingest.Ledger, reason: "new plan", cancellationToken: Cancellation);

            IReadOnlyList<BillingRecord> after = await ingest.Records();
            Assert.Equal(
                after.Where(record => record.Category != before[record.Key].Category)
                    .GroupBy(record => (From: before[record.Key].Category, To: record.Category))
                    .OrderBy(group => group.Key.From, StringComparer.Ordinal).ThenBy(group => group.Key.To, StringComparer.Ordinal)
                    .Select(group => new CategoryMove(group.Key.From, group.Key.To, Totals(group))),
                predicted.Moves);
            Assert.Equal(predicted.Moves.Sum(move => move.Totals.Rows), entry.Changed);
            Assert.Equal("0", (entry.Difference["USD"]).ToString());
            Assert.Empty((await draft.RunAsync(ingest.Ledger, cancellationToken: Cancellation)).Moves);

            await new LedgerReversal(ingest.Ledger).RunAsync(entry.Id, Cancellation);
            Assert.All(await ingest.Records(), record => Assert.Equal((before[record.Key].Category, before[record.Key].CategoryRule), (record.Category, record.CategoryRule)));
            moved += entry.Changed;
        }

        Assert.InRange(moved, 100, long.MaxValue);
    }

    private static ControlTotals Totals(IEnumerable<BillingRecord> records) => new(
        records.Count(), new Dictionary<string, ExactSum> { ["USD"] = ExactSum.From(records.Sum(record => record.ReportingAmount.Amount)) });

    private static string Source(Random random) => "date,company,amount,currency\n" + string.Concat(Enumerable.Range(0, 60).Select(i =>
        FormattableString.Invariant($"2025-06-{random.Next(1, 29):D2},\"{s_parties[random.Next(s_parties.Length)]}\",{random.Next(1, 500)}.25,USD\n")));

    private static string Rules(Random random) => $$"""
        { "rules": [
          { "name": "first", "when": { "party": { "is": "{{s_parties[random.Next(s_parties.Length)]}}" } }, "category": "A{{random.Next(3)}}" },
          { "name": "large", "when": { "amount": { "atLeast": {{random.Next(50, 400)}} } }, "category": "B{{random.Next(3)}}" },
          { "name": "other", "when": { "party": { "is": "{{s_parties[random.Next(s_parties.Length)]}}" } }, "category": "C" }
        ] }
        """;
}
