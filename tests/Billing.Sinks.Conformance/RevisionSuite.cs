using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Sinks.Conformance;

/// <summary>Tests of what comes to a store's records later: rates that were missing, revised rates, other rules.</summary>
public abstract class RevisionSuite<TStore> : StoreSuite<TStore>
    where TStore : IStoreUnderTest, new()
{
    private const string Header = "date,company,amount,currency\n";
    private const string Early = "CAD=0.75";
    private const string Late = "CAD=0.75, MXN=0.059, CHF=1.12";

    private IAmendableStore Ledger => Demand<IAmendableStore>(Store, nameof(RevisionSuite<>));

    [Fact]
    public async Task Rows_whose_rate_comes_late_become_what_they_would_have_been_with_it_from_the_start()
    {
        Random random = new(7);
        string[] sources = [.. Enumerable.Range(0, 5).Select(i => Source(random, i))];
        MemorySink early = new();
        int waiting = 0;
        for (int i = 0; i < sources.Length; i++)
        {
            waiting += (int)(await IngestAsync(Ledger, $"{i}.csv", sources[i], i < 3 ? Early : Late)).Quarantined.Rows;
            await IngestAsync(early, $"{i}.csv", sources[i], Late);
        }

        Assert.InRange(waiting, 3, int.MaxValue);
        Assert.Equal(await StateAsync(early), await StateAsync(UnderTest.Connect()));
        Assert.Empty(await ReadQuarantineAsync(new QuarantineQuery()));
        Assert.Equal(waiting, (await ReadQuarantineAsync(new QuarantineQuery { IncludeResolved = true })).Count);
        await BalancesAsync();
    }

    [Fact]
    public async Task A_restatement_is_numbered_keeps_each_difference_and_is_taken_back_exactly()
    {
        IngestReport run = await IngestAsync(Ledger, "june.csv", Header + "2025-06-01,A,10.00,MXN\n2025-06-02,B,3.33,CAD\n2025-06-03,C,7.00,USD\n", Late);
        string before = await StateAsync(Ledger);
        LedgerEntry entry = await new RateRestatement(Ledger, FixedRates.Parse("MXN=0.06, CAD=0.75")) { Reason = "revised" }.RunAsync(cancellationToken: Cancellation);
        Assert.Equal((1, 1, "0.01"), (entry.Number, entry.Changed, entry.Difference["USD"].ToString()));
        RecordChange change = Assert.Single(await UnderTest.Connect().GetChangesAsync(entry.Id, Cancellation).ToArrayAsync(Cancellation));
        Assert.Equal(("0.59 USD", "0.60 USD"), (change.From!.ReportingAmount.ToString(), change.To!.ReportingAmount.ToString()));
        Assert.NotEqual(before, await StateAsync(UnderTest.Connect()));
        Assert.Equal(before, await StateAsync(await UnderTest.Connect().AsOfAsync(run.RunId, Cancellation)));
        await BalancesAsync();

        await new LedgerReversal(UnderTest.Connect()).RunAsync(entry.Id, Cancellation);
        Assert.Equal(before, await StateAsync(UnderTest.Connect()));
        await BalancesAsync();
    }

    [Fact]
    public async Task Applied_rules_make_the_moves_that_were_predicted_and_are_taken_back()
    {
        Random random = new(11);
        for (int i = 0; i < 3; i++)
        {
            await IngestAsync(Ledger, $"{i}.csv", Source(random, i), Late);
        }

        string before = await StateAsync(Ledger);
        RuleTrial trial = new(CategoryRules.Parse("""{ "rules": [ { "name": "a", "when": { "party": { "startsWith": "A" } }, "category": "Firms" }, { "name": "rest", "when": {}, "category": "Other" } ] }"""));
        RuleTrialReport predicted = await trial.RunAsync(Store, cancellationToken: Cancellation);
        LedgerEntry entry = await trial.ApplyAsync(Ledger, reason: "new plan", cancellationToken: Cancellation);
        Assert.Equal(predicted.Moves.Sum(move => move.Totals.Rows), entry.Changed);
        foreach (CategoryMove move in predicted.Moves)
        {
            BillingRecord[] moved = [.. (await UnderTest.Connect().GetChangesAsync(entry.Id, Cancellation).ToArrayAsync(Cancellation)).Select(change => change.To!).Where(record => record.Category == move.To)];
            Assert.Equal(move.Totals["USD"].ToString(), moved.Aggregate(ExactSum.Zero, (sum, record) => sum + ExactSum.From(record.ReportingAmount.Amount)).ToString());
        }

        Assert.Empty((await trial.RunAsync(UnderTest.Connect(), cancellationToken: Cancellation)).Moves);
        await BalancesAsync();
        await new LedgerReversal(UnderTest.Connect()).RunAsync(entry.Id, Cancellation);
        Assert.Equal(before, await StateAsync(UnderTest.Connect()));
    }

    // Sources share no row: one that equals a record of another source waits for its whole source.
    private static string Source(Random random, int number)
    {
        StringBuilder text = new(Header);
        for (int i = random.Next(4, 10); i > 0; i--)
        {
            text.Append(CultureInfo.InvariantCulture, $"2025-06-0{random.Next(1, 5)},{"AB"[random.Next(2)]}{number},{random.Next(1, 4)}.50,{((string[])["USD", "CAD", "MXN", "CHF"])[i % 4]}\n");
        }

        return text.ToString();
    }

    private async Task BalancesAsync()
    {
        Assert.Empty(await new StoreVerification(UnderTest.Connect()).FindFaultsAsync(Cancellation).ToArrayAsync(Cancellation));
        LedgerSeals seals = new(UnderTest.Connect());
        Assert.Empty(await seals.VerifyAsync([(await seals.GetHeadAsync(Cancellation))!], Cancellation).ToArrayAsync(Cancellation));
    }

    private static async Task<string> StateAsync(IBillingStore store)
    {
        List<string> state = [];
        await foreach (BillingRecord record in store.QueryAllAsync(new RecordQuery(), Cancellation))
        {
            state.Add($"{record.Key} {record.Amount} {record.ReportingAmount} {record.ExchangeRate?.ValueText} {record.Category} {record.Source}");
        }

        return string.Join('\n', state.Order(StringComparer.Ordinal));
    }

    private static async Task<IngestReport> IngestAsync(IBillingStore store, string name, string text, string rates)
    {
        await using ServiceProvider services = new ServiceCollection().AddBilling(billing => billing.AddSink(store).UseExchangeRates(FixedRates.Parse(rates))).BuildServiceProvider();
        return await services.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.Text(name, text), Cancellation);
    }
}
