namespace Billing.Core.Tests.Runs;

/// <summary>A run keeps what it ran under: a replay never passes by a rule, a rate or a currency in silence.</summary>
public sealed class KeptSettingsTests
{
    private const string Text = "date,company,amount,currency\n2025-06-01,Acme,10.00,CAD\n2025/06/02,Beta,-20.00,USD\n2025/06/03,Gamma,30.00,CAD\n";

    private static readonly SourceLayout s_mended = new() { DateFormats = ["yyyy-MM-dd", "yyyy/MM/dd"] };

    private static readonly CategoryRules s_rules = CategoryRules.Parse("""{ "rules": [ { "name": "not negative", "require": { "amount": { "atLeast": 0 } } }, { "name": "all", "when": { "amount": { "atLeast": 0 } }, "category": "goods" } ] }""");

    private static void Wired(BillingBuilder billing) => billing.UseExchangeRates(FixedRates.Parse("CAD=0.75", source: "a \"treasury\", of ours")).AddCategoryRules(s_rules);

    [Fact]
    public async Task A_replay_keeps_the_rules_that_it_took_from_the_run_of_its_rows()
    {
        Ingest ingest = new();
        IngestReport run = await ingest.Pipeline(billing => billing.AddCategoryRules(CategoryRules.Parse("""{ "rules": [ { "name": "food", "when": { "party": { "is": "Cafe" } }, "category": "Food" } ] }"""))).IngestAsync(
            BillingSource.Text("june.csv", "date,company,amount,currency\n2025-06-01,Cafe,1.00,CHF\n"), TestContext.Current.CancellationToken);
        IngestReport replay = Assert.Single(await ingest.Pipeline(billing => billing.UseExchangeRates(FixedRates.Parse("CHF=1.1"))).ReplayAsync(new QuarantineQuery(), new IngestOptions(), TestContext.Current.CancellationToken));
        Assert.Equal("Food", Assert.Single(await ingest.Records()).Category);
        Assert.NotNull(run.Settings!.Rules);
        Assert.Equal(run.Settings.Rules, replay.Settings!.Rules);
        Assert.Empty(await new StoreVerification(ingest.Ledger).FindFaultsAsync(TestContext.Current.CancellationToken).ToArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_replay_without_rules_and_rates_goes_by_those_of_the_run()
    {
        Ingest ingest = new();
        await ingest.Pipeline(Wired).IngestAsync(BillingSource.Text("june.csv", Text), TestContext.Current.CancellationToken);

        IngestReport replay = Assert.Single(await Replay(ingest, new IngestOptions { Layout = s_mended }));

        Assert.Equal((2, 1, 1), (replay.Read.Rows, replay.Stored.Rows, replay.Quarantined.Rows));
        Assert.Equal("rule_failed", Assert.Single(replay.Reasons).Key);
        BillingRecord stored = Assert.Single(await ingest.Records(), record => record.Party == "Gamma");
        Assert.Equal((22.50m, "goods", "a \"treasury\", of ours"), (stored.ReportingAmount.Amount, stored.Category, stored.ExchangeRate!.Source));
        Assert.Contains(replay.Warnings, warning => warning.Contains("rates, rules: as in run ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_replay_goes_by_what_it_is_told()
    {
        Ingest ingest = new();
        await ingest.Pipeline(Wired).IngestAsync(BillingSource.Text("june.csv", Text), TestContext.Current.CancellationToken);

        IngestReport replay = Assert.Single(await Replay(ingest, new IngestOptions { Layout = s_mended }, billing => billing.UseExchangeRates(FixedRates.Parse("CAD=0.80")).AddCategoryRules(CategoryRules.Create())));

        Assert.Equal((2, 2), (replay.Read.Rows, replay.Stored.Rows));
        Assert.Equal(24m, Assert.Single(await ingest.Records(), record => record.Party == "Gamma").ReportingAmount.Amount);
    }

    [Fact]
    public async Task A_replay_has_the_identity_of_the_run()
    {
        const string text = "date,company,amount,currency,no\n2025-06-01,Acme,10.00,USD,1\n2025/06/02,Beta,20.00,USD,2\n";
        IngestOptions byNumber = new() { Identity = RecordIdentity.Columns("no") };
        Ingest ingest = new();
        await ingest.Text(text, options: byNumber);
        await Replay(ingest, new IngestOptions { Layout = s_mended });
        IngestReport again = await ingest.Text(text, options: byNumber with { Layout = s_mended });
        Assert.Equal((0, 2), (again.Stored.Rows, again.Duplicate.Rows));
    }

    [Fact]
    public async Task Without_any_statement_the_layout_is_that_of_the_run()
    {
        const string text = "date,company,total,amount,currency\n2025/06/01,Acme,10.00,99.00,CAD\n";
        Ingest ingest = new();
        await ingest.Text(text, options: new IngestOptions { Layout = s_mended with { Amount = "total" } });
        await Replay(ingest, new IngestOptions(), billing => billing.UseExchangeRates(FixedRates.Parse("CAD=0.75")));
        Assert.Equal(10m, Assert.Single(await ingest.Records()).Amount.Amount);
    }

    [Fact]
    public async Task Rules_and_rates_in_code_must_be_given_again()
    {
        Ingest ingest = new();
        await ingest.Pipeline(billing => billing.AddCategoryRules(CategoryRules.Create(CategoryRule.Require("positive", record => record.Amount.Amount > 0)))).IngestAsync(BillingSource.Text("june.csv", Text), TestContext.Current.CancellationToken);
        BillingConfigurationException e = await Assert.ThrowsAsync<BillingConfigurationException>(() => Replay(ingest, new IngestOptions()));
        Assert.Contains("rules that were set in code (positive)", e.Message, StringComparison.Ordinal);

        Ingest rated = new();
        await rated.Pipeline(billing => billing.UseExchangeRates(new NoRates())).IngestAsync(BillingSource.Text("june.csv", Text), TestContext.Current.CancellationToken);
        e = await Assert.ThrowsAsync<BillingConfigurationException>(() => Replay(rated, new IngestOptions()));
        Assert.Contains("rates that were set in code (NoRates)", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_the_ECB_must_be_the_same()
    {
        string file = Path.Combine(Some.Folder(), "eurofxref-hist.csv");
        const string rates = "Date,USD,CAD,\n2025-06-03,1.1386,1.5591,\n2025-06-02,1.1419,1.5651,\n";
        await File.WriteAllTextAsync(file, rates, TestContext.Current.CancellationToken);
        Ingest ingest = new();
        await ingest.Pipeline(billing => billing.UseExchangeRates(EcbRates.Load(file))).IngestAsync(BillingSource.Text("june.csv", Text), TestContext.Current.CancellationToken);

        await File.WriteAllTextAsync(file, rates.Replace("1.1386", "1.2386", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        BillingConfigurationException e = await Assert.ThrowsAsync<BillingConfigurationException>(() => Replay(ingest, new IngestOptions { Layout = s_mended }));
        Assert.Contains("has changed since", e.Message, StringComparison.Ordinal);

        await File.WriteAllTextAsync(file, rates, TestContext.Current.CancellationToken);
        await Replay(ingest, new IngestOptions { Layout = s_mended });
        Assert.Equal("ECB", Assert.Single(await ingest.Records(), record => record.Party == "Gamma").ExchangeRate!.Source);
    }

    [Fact]
    public async Task A_second_reporting_currency_is_refused()
    {
        Ingest ingest = new();
        await ingest.Pipeline(Wired).IngestAsync(BillingSource.Text("june.csv", Text), TestContext.Current.CancellationToken);

        BillingConfigurationException e = await Assert.ThrowsAsync<BillingConfigurationException>(() => ingest.Pipeline(billing => billing.UseReportingCurrency("EUR")).IngestAsync(BillingSource.Text("july.csv", Text), TestContext.Current.CancellationToken));
        Assert.Contains("states its amounts in USD, but this run would state them in EUR", e.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<BillingConfigurationException>(() => Replay(ingest, new IngestOptions { Layout = s_mended }, billing => billing.UseReportingCurrency("EUR")));
        Assert.Single(await ingest.Records());
        Assert.Single((await ingest.Ledger.GetRunsAsync(new PageRequest(), TestContext.Current.CancellationToken)).Items);
    }

    [Fact]
    public async Task The_first_run_that_stores_decides_also_for_pipelines_that_were_there_before()
    {
        Ingest ingest = new();
        BillingPipeline dollars = ingest.Pipeline();
        await dollars.IngestAsync(BillingSource.Text("none.csv", "date,amount,currency\n"), TestContext.Current.CancellationToken);
        await ingest.Pipeline(billing => billing.UseReportingCurrency("EUR")).IngestAsync(BillingSource.Text("a.csv", "date,amount,currency\n2025-06-01,1,EUR\n"), TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<BillingConfigurationException>(() => dollars.IngestAsync(BillingSource.Text("b.csv", "date,amount,currency\n2025-06-01,1,USD\n"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_replay_in_the_currency_of_its_run_does_not_mix_currencies()
    {
        Ingest ingest = new();
        await ingest.Pipeline(billing => billing.UseReportingCurrency("EUR")).IngestAsync(BillingSource.Text("june.csv", "date,amount,currency\n2025/06/01,1,EUR\n"), TestContext.Current.CancellationToken);
        BillingPipeline unstated = ingest.Pipeline();
        await unstated.IngestAsync(BillingSource.Text("july.csv", "date,amount,currency\n2025-07-01,1,USD\n"), TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<BillingConfigurationException>(() => unstated.ReplayAsync(new QuarantineQuery(), new IngestOptions { Layout = s_mended }, TestContext.Current.CancellationToken));
        Assert.Equal("USD", Assert.Single(await ingest.Records()).ReportingAmount.Currency.Code);
    }

    [Fact]
    public async Task A_replay_that_states_no_currency_has_that_of_the_run()
    {
        Ingest ingest = new();
        await ingest.Pipeline(billing => billing.UseReportingCurrency("CAD")).IngestAsync(BillingSource.Text("june.csv", Text), TestContext.Current.CancellationToken);
        await Replay(ingest, new IngestOptions { Layout = s_mended });
        Assert.All(await ingest.Records(), record => Assert.Equal("CAD", record.ReportingAmount.Currency.Code));
        Assert.Equal(2, (await ingest.Records()).Count);
    }

    private static Task<IReadOnlyList<IngestReport>> Replay(Ingest ingest, IngestOptions options, Action<BillingBuilder>? wire = null) =>
        ingest.Pipeline(wire).ReplayAsync(new QuarantineQuery(), options, TestContext.Current.CancellationToken);

    private sealed class NoRates : IExchangeRates
    {
        public bool TryGetRate(Currency from, Currency to, DateOnly date, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ExchangeRate? rate)
        {
            rate = null;
            return false;
        }
    }
}
