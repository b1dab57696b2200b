namespace Billing.Core.Tests.Runs;

/// <summary>Under columns+occurrence a row that goes to quarantine keeps its place, so that it changes no key of another row when it is taken later.</summary>
public sealed class CountedPlacesTests
{
    private const string CadFirst = "date,company,amount,currency\n2025-06-01,Acme,10.00,CAD\n2025-06-01,Acme,10.00,USD\n";
    private const string UsdFirst = "date,company,amount,currency\n2025-06-01,Acme,10.00,USD\n2025-06-01,Acme,10.00,CAD\n";

    private readonly Ingest _ingest = new(billing => billing.UseIdentity(RecordIdentity.CountedColumns("company", "amount")));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CadFirst)]
    [InlineData(UsdFirst)]
    public async Task A_rate_that_comes_late_stores_what_was_refused_and_nothing_twice(string text)
    {
        IngestReport first = await _ingest.Text(text);
        Assert.Equal((1, 1), (first.Stored.Rows, first.Quarantined.Rows));
        IngestReport again = await _ingest.Text(text);
        Assert.Equal((1, 1), (again.Duplicate.Rows, again.Quarantined.Rows));
        IngestReport late = await WithRates().IngestAsync(BillingSource.Text("june.csv", text), Cancellation);
        Assert.Equal((1, 1, 0), (late.Stored.Rows, late.Duplicate.Rows, late.Conflict.Rows));
        Assert.Equal(2, (await _ingest.Records()).Count);
    }

    [Theory]
    [InlineData(CadFirst)]
    [InlineData(UsdFirst)]
    public async Task A_replay_gives_the_place_that_an_ingestion_gives(string text)
    {
        await _ingest.Text(text);
        IngestReport replay = Assert.Single(await WithRates().ReplayAsync(new QuarantineQuery(), new IngestOptions(), Cancellation));
        Assert.Equal(1, replay.Stored.Rows);
        IngestReport whole = await WithRates().IngestAsync(BillingSource.Text("june.csv", text), new IngestOptions { Reread = true }, Cancellation);
        Assert.Equal((2, 0), (whole.Duplicate.Rows, whole.Stored.Rows));
    }

    [Theory]
    [InlineData("2025-06-41,Acme,10.00,USD", "2025-06-14,Acme,10.00,USD")]
    [InlineData("2025-06-14,Acme,10.00,XXQ", "2025-06-14,Acme,10.00,USD")]
    [InlineData("2025-06-14,Acme,10.00,", "2025-06-14,Acme,10.00,USD")]
    public async Task A_row_that_its_sender_corrects_changes_no_other(string wrong, string right)
    {
        const string Rest = "\n2025-06-01,Acme,10.00,USD\n2025-06-02,Acme,10.00,USD\n";
        IngestReport first = await _ingest.Text("date,company,amount,currency\n" + wrong + Rest);
        Assert.Equal((2, 1), (first.Stored.Rows, first.Quarantined.Rows));
        IngestReport second = await _ingest.Text("date,company,amount,currency\n" + right + Rest);
        Assert.Equal((1, 2, 0), (second.Stored.Rows, second.Duplicate.Rows, second.Conflict.Rows));
    }

    [Fact]
    public async Task A_row_that_a_rule_refuses_keeps_its_place()
    {
        const string Text = "date,company,amount,currency,kind\n2025-06-01,Acme,10.00,USD,odd\n2025-06-02,Acme,10.00,USD,even\n";
        CategoryRules rules = CategoryRules.Parse("""{ "rules": [{ "name": "even", "require": { "attribute": { "name": "kind", "is": "even" } } }] }""");
        await _ingest.Pipeline(billing => billing.AddCategoryRules(rules)).IngestAsync(BillingSource.Text("june.csv", Text), Cancellation);
        IngestReport without = await _ingest.Text(Text);
        Assert.Equal((1, 1, 0), (without.Stored.Rows, without.Duplicate.Rows, without.Conflict.Rows));
    }

    [Fact]
    public async Task Places_follow_the_batches_of_a_source_and_its_scopes()
    {
        string text = "date,company,amount,currency,owner\n" + string.Concat(Enumerable.Range(0, 900).Select(i =>
            $"2025-06-01,Acme {i % 7},10.00,{(i % 3 == 0 ? "CAD" : "USD")},{(i % 2 == 0 ? "a" : "b")}\n"));
        Ingest batches = new(billing => billing.UseIdentity(RecordIdentity.CountedColumns("company", "amount")).UseBatchSize(50).UseLayout(new SourceLayout { Scope = "owner" }));
        IngestReport first = await batches.Text(text);
        Assert.Equal((600, 300), (first.Stored.Rows, first.Quarantined.Rows));
        IngestReport late = await batches.Pipeline(billing => billing.UseExchangeRates(FixedRates.Parse("CAD=0.75"))).IngestAsync(BillingSource.Text("june.csv", text), Cancellation);
        Assert.Equal((300, 600, 0), (late.Stored.Rows, late.Duplicate.Rows, late.Conflict.Rows));

        Ingest undisturbed = new(billing => billing.UseIdentity(RecordIdentity.CountedColumns("company", "amount")).UseLayout(new SourceLayout { Scope = "owner" }).UseExchangeRates(FixedRates.Parse("CAD=0.75")));
        await undisturbed.Text(text);
        Assert.Equal(await undisturbed.Keys(), await batches.Keys());
    }

    [Fact]
    public async Task Behind_a_row_that_stays_refused_only_the_whole_source_can_tell()
    {
        const string Text = "date,company,amount,currency\n2025-06-01,Acme,10.00,MXN\n2025-06-01,Acme,10.00,CAD\n2025-06-01,Beta,10.00,CAD\n";
        await _ingest.Text(Text);
        IngestReport replay = Assert.Single(await WithRates().ReplayAsync(new QuarantineQuery(), new IngestOptions(), Cancellation));
        Assert.Equal((1, 2), (replay.Stored.Rows, replay.Quarantined.Rows));
        Assert.Equal("Beta", Assert.Single(await _ingest.Records()).Party);
        Assert.Contains(replay.Warnings, warning => warning.Contains("ingest june.csv again", StringComparison.Ordinal));
        IngestReport whole = await WithRates().IngestAsync(BillingSource.Text("june.csv", Text), Cancellation);
        Assert.Equal((1, 1, 1), (whole.Stored.Rows, whole.Duplicate.Rows, whole.Quarantined.Rows));
    }

    [Theory]
    [InlineData("2025-06-41,10.00,USD,acme")]
    [InlineData("2025-06-01,ten,USD,acme")]
    [InlineData("2025-06-01,10.00,,acme")]
    public async Task A_row_in_quarantine_has_its_scope_whatever_is_wrong_with_it(string row)
    {
        Ingest ingest = new(billing => billing.UseLayout(new SourceLayout { Scope = "owner" }));
        await ingest.Text("date,amount,currency,owner\n" + row + "\n");
        Assert.Equal("acme", Assert.Single(await ingest.Quarantine()).Scope);
    }

    [Fact]
    public async Task A_trace_counts_what_was_refused()
    {
        await _ingest.Text(CadFirst);
        RecordTrace? trace = await _ingest.Pipeline().TraceAsync(BillingSource.Text("june.csv", CadFirst), 3, new IngestOptions(), Cancellation);
        Assert.Equal(Assert.Single(await _ingest.Records()).Key, trace!.Record!.Key);
    }

    private BillingPipeline WithRates() => _ingest.Pipeline(billing => billing.UseExchangeRates(FixedRates.Parse("CAD=0.75")));
}
