using System.Globalization;
using System.Text;
using System.Text.Json;
using Billing.Core.Tests.Runs;

namespace Billing.Core.Tests.Stores;

/// <summary>What a trial of rules predicts is what an ingestion under them does.</summary>
public sealed class RuleTrialTests
{
    private static readonly string[] s_parties = ["Acme", "The Bar, Leeds", "Bakery Nord", "Casino", "Überfuhr", "Rail"];
    private static readonly string[] s_kinds = ["Bakery", "Dairy", "Meat", ""];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Predicted_moves_are_those_of_an_ingestion_under_the_draft()
    {
        int moved = 0, refused = 0, shadowed = 0, idle = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            Random random = new(seed);
            string source = Source(random, rows: 120);
            CategoryRules draft = CategoryRules.Parse(Rules(random));
            Ingest before = await IngestAsync(source, CategoryRules.Parse(Rules(random)));
            Ingest after = await IngestAsync(source, draft);

            RuleTrialReport report = await new RuleTrial(draft).RunAsync(before.Ledger, cancellationToken: Cancellation);

            Dictionary<RecordKey, BillingRecord> later = (await after.Records()).ToDictionary(record => record.Key);
            IReadOnlyList<BillingRecord> records = await before.Records();
            BillingRecord[] gone = [.. records.Where(record => !later.ContainsKey(record.Key))];
            BillingRecord[] kept = [.. records.Where(record => later.ContainsKey(record.Key))];
            Assert.Equal(Totals(records), report.Records);
            Assert.Equal(Totals(gone), report.Refused);
            Assert.Equal(Totals(kept.Where(record => later[record.Key].Category == record.Category)), report.Unchanged);
            Assert.Equal(
                kept.Where(record => later[record.Key].Category != record.Category)
                    .GroupBy(record => (From: record.Category, To: later[record.Key].Category))
                    .OrderBy(group => group.Key.From, StringComparer.Ordinal).ThenBy(group => group.Key.To, StringComparer.Ordinal)
                    .Select(group => new CategoryMove(group.Key.From, group.Key.To, Totals(group))),
                report.Moves);
            Assert.Equal(
                draft.Rules.Select(rule => rule.IsRequirement ? (long?)null : kept.Count(record => later[record.Key].CategoryRule == rule.Name)),
                report.Rules.Select((use, i) => draft.Rules[i].IsRequirement ? null : (long?)use.Decides));
            Assert.Equal(gone.Length, report.Rules.Where((_, i) => draft.Rules[i].IsRequirement).Sum(use => use.Decides));
            moved += report.Moves.Count;
            refused += gone.Length;
            shadowed += report.Rules.Count(use => use.IsShadowed);
            idle += report.Rules.Count(use => use.NeverMatches);
        }

        // Every case occurs.
        Assert.All([moved, refused, shadowed, idle], count => Assert.InRange(count, 10, int.MaxValue));
    }

    [Fact]
    public async Task Rules_that_match_nothing_or_come_too_late_are_named()
    {
        Ingest ingest = new();
        await ingest.Text("date,amount,currency,vendor\n2025-06-01,5,USD,Bar\n2025-06-02,50,USD,Bar\n2025-06-03,-500,USD,Rail\n");
        CategoryRules draft = CategoryRules.Parse("""
            { "rules": [
              { "name": "bars", "when": { "text": "bar" }, "category": "going out" },
              { "name": "small", "when": { "amount": { "over": 0, "under": 10 } }, "category": "petty cash" },
              { "name": "casinos", "when": { "text": "casino" }, "category": "going out" },
              { "name": "large", "when": { "amount": { "atLeast": 50 } }, "flag": "large" },
              { "name": "any bar", "when": { "text": "bar" }, "category": "bars" },
              { "name": "not negative", "require": { "amount": { "atLeast": 0 } } },
              { "name": "not very negative", "require": { "amount": { "atLeast": -100 } } },
              { "name": "rail", "when": { "text": "rail" }, "category": "travel" } ] }
            """);
        RuleTrialReport report = await new RuleTrial(draft).RunAsync(ingest.Ledger, cancellationToken: Cancellation);
        Assert.Equal(
            ["bars 2 2 ", "small 1 0 bars", "casinos 0 0 ", "large 1 0 ", "any bar 2 0 bars", "not negative 1 1 ", "not very negative 1 0 not negative", "rail 1 0 not negative"],
            report.Rules.Select(use => $"{use.Name} {use.Matches} {use.Decides} {string.Join('+', use.ShadowedBy)}"));
        Assert.Equal("3 records, 0 unchanged, 2 moved, 1 refused", report.ToString());
        Assert.Equal([new CategoryMove(null, "going out", new ControlTotals(2, new Dictionary<string, ExactSum> { ["USD"] = ExactSum.From(55m) }))], report.Moves);
    }

    [Fact]
    public async Task A_category_of_the_source_stays_unless_a_rule_gives_another()
    {
        Ingest ingest = new(billing => billing.UseLayout(new SourceLayout { Category = "kind" }));
        await ingest.Text("date,amount,currency,vendor,kind\n2025-06-01,5,USD,Bar,food\n2025-06-02,50,USD,Rail,travel\n");
        RuleTrialReport report = await new RuleTrial(CategoryRules.Parse("""{ "rules": [{ "name": "bars", "when": { "text": "bar" }, "category": "going out" }] }"""))
            .RunAsync(ingest.Ledger, cancellationToken: Cancellation);
        Assert.Equal("2 records, 1 unchanged, 1 moved, 0 refused", report.ToString());
        Assert.Equal("food", Assert.Single(report.Moves).From);
    }

    [Fact]
    public async Task A_query_limits_the_records()
    {
        Ingest ingest = new();
        await ingest.Text("date,amount,currency,vendor\n2025-06-01,5,USD,Bar\n2025-07-02,50,USD,Bar\n");
        RuleTrialReport report = await new RuleTrial(CategoryRules.Parse("""{ "rules": [{ "name": "all", "when": {}, "category": "x" }] }"""))
            .RunAsync(ingest.Ledger, new RecordQuery { From = new DateOnly(2025, 7, 1), PageSize = 1 }, Cancellation);
        Assert.Equal(50m, Assert.Single(report.Moves).Totals["USD"].ToDecimal());
    }

    private static async Task<Ingest> IngestAsync(string source, CategoryRules rules)
    {
        Ingest ingest = new(billing => billing.AddCategoryRules(rules).UseExchangeRates(FixedRates.Parse("EUR=1.1")));
        await ingest.Text(source);
        return ingest;
    }

    private static ControlTotals Totals(IEnumerable<BillingRecord> records) =>
        records.Aggregate(ControlTotals.Zero, (sum, record) => sum + new ControlTotals(1, new Dictionary<string, ExactSum> { [record.ReportingAmount.Currency.Code] = ExactSum.From(record.ReportingAmount.Amount) }));

    private static string Source(Random random, int rows)
    {
        StringBuilder text = new("date,amount,currency,vendor,product_line\n");
        for (int i = 0; i < rows; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"2025-06-{random.Next(1, 31):00},{random.Next(-20_000, 100_000) / 100m},{(random.Next(4) == 0 ? "EUR" : "USD")},\"{Pick(random, s_parties)}\",{Pick(random, s_kinds)}\n");
        }

        return text.ToString();
    }

    private static string Rules(Random random)
    {
        List<object> rules = [];
        for (int i = random.Next(1, 9); i > 0; i--)
        {
            rules.Add(random.Next(8) == 0
                ? new { name = $"rule {i}", require = new { amount = new { atLeast = random.Next(-180, -50) } } }
                : random.Next(8) == 0
                ? new { name = $"rule {i}", when = Condition(random), flag = "seen" }
                : new { name = $"rule {i}", when = Condition(random), category = $"category {random.Next(4)}" });
        }

        return JsonSerializer.Serialize(new { rules });
    }

    private static object Condition(Random random) => random.Next(6) switch
    {
        0 => new { amount = new { atLeast = random.Next(-100, 900) } },
        1 => new { text = Pick(random, ["bar", "casino", "bakery", "nowhere"]) },
        2 => new { weekday = new[] { "Saturday", "Sunday" } },
        3 => new { attribute = new { name = "product_line", @in = new[] { "Bakery", "Meat" } } },
        4 => new { party = new { @is = Pick(random, s_parties) } },
        _ => new { all = new[] { Condition(random), Condition(random) } },
    };

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
