namespace Billing.Core.Tests.Runs;

/// <summary>A row that is corrected at its source and delivered again closes what it was in quarantine for; nothing else does.</summary>
public sealed class CorrectionTests
{
    private const string Header = "date,party,amount,currency\n";
    private const string Bad = Header + "2025-06-01,A,1.00,USD\n2025-06-31,B,2.00,USD\n2025-06-02,C,3.00,USD\n";
    private static readonly string s_mended = Bad.Replace("06-31", "06-30", StringComparison.Ordinal);

    [Fact]
    public async Task Corrected_and_delivered_again_it_is_closed_by_the_run_that_stored_it()
    {
        Ingest ingest = new();
        await ingest.Text(Bad);
        IngestReport second = await ingest.Text(s_mended);
        Assert.Equal((1, 2, 0), (second.Stored.Rows, second.Duplicate.Rows, second.Quarantined.Rows));
        Assert.Empty(await ingest.Quarantine());
        Assert.Equal(second.RunId, Assert.Single(await ingest.Quarantine(resolved: true)).ResolvedByRunId);
    }

    [Fact]
    public async Task A_third_delivery_closes_what_a_killed_second_one_left_open()
    {
        Ingest ingest = new();
        await ingest.Text(Bad);
        foreach (BillingRecord record in (await Stored(s_mended)).Where(record => record.Party == "B"))
        {
            await ingest.Ledger.WriteAsync([record], Cancellation);
        }

        Assert.Single(await ingest.Quarantine());
        await ingest.Text(s_mended);
        Assert.Empty(await ingest.Quarantine());
    }

    [Fact]
    public async Task The_very_row_under_mended_settings_is_closed_without_any_other_sign_and_wherever_it_stands()
    {
        Ingest ingest = new();
        await ingest.Text(Header + "2025-06-01,A,1.00,CAD\n2025-06-01,A,1.00,CAD\n");
        Assert.Equal(2, (await ingest.Quarantine()).Count);
        await ingest.Pipeline(billing => billing.UseExchangeRates(FixedRates.Parse("CAD=0.75"))).IngestAsync(BillingSource.Text("june.csv", Header + "2025-06-05,Z,9.00,USD\n2025-06-01,A,1.00,CAD\n"), Cancellation);

        // One is closed by the row; the other is released, because its rate is there.
        Assert.Empty(await ingest.Quarantine());
        IngestReport[] runs = await ingest.Ledger.GetAllRunsAsync(Cancellation).ToArrayAsync(Cancellation);
        Assert.Equal((runs[2].RunId, 1, 1), (runs[0].ReplayOf, runs[0].Stored.Rows, runs[0].Read.Rows));
        IngestReport again = await ingest.Pipeline(billing => billing.UseExchangeRates(FixedRates.Parse("CAD=0.75"))).IngestAsync(BillingSource.Text("june.csv", Header + "2025-06-01,A,1.00,CAD\n2025-06-01,A,1.00,CAD\n"), Cancellation);
        Assert.Equal(2, again.Duplicate.Rows);
    }

    [Fact]
    public async Task Equal_rows_under_mended_settings_close_one_each()
    {
        const string Text = Header + "01/06/2025,A,1.00,USD\n01/06/2025,A,1.00,USD\n01/06/2025,A,1.00,USD\n";
        Ingest ingest = new();
        await ingest.Pipeline(Dates("yyyy-MM-dd")).IngestAsync(BillingSource.Text("june.csv", Text), Cancellation);
        Assert.Equal(3, (await ingest.Quarantine()).Count);
        IngestReport mended = await ingest.Pipeline(Dates("dd/MM/yyyy")).IngestAsync(BillingSource.Text("june.csv", Text[..^"01/06/2025,A,1.00,USD\n".Length]), Cancellation);
        Assert.Equal(2, mended.Stored.Rows);
        Assert.Single(await ingest.Quarantine());
        await ingest.Pipeline(Dates("dd/MM/yyyy")).IngestAsync(BillingSource.Text("june.csv", Text), Cancellation);
        Assert.Empty(await ingest.Quarantine());
    }

    [Fact]
    public async Task The_very_row_in_another_scope_leaves_it_open()
    {
        const string Text = Header + "01/06/2025,A,1.00,USD\n";
        Ingest ingest = new();
        await ingest.Pipeline(Dates("yyyy-MM-dd")).IngestAsync(BillingSource.Text("june.csv", Text), new IngestOptions { Scope = "A" }, Cancellation);
        await ingest.Pipeline(Dates("dd/MM/yyyy")).IngestAsync(BillingSource.Text("june.csv", Text), new IngestOptions { Scope = "B" }, Cancellation);
        Assert.Equal("A", Assert.Single(await ingest.Quarantine()).Scope);
        await ingest.Pipeline(Dates("dd/MM/yyyy")).IngestAsync(BillingSource.Text("june.csv", Text), new IngestOptions { Scope = "A" }, Cancellation);
        Assert.Empty(await ingest.Quarantine());
    }

    [Theory]
    [InlineData("another month under the same name", Header + "2025-07-01,A,1.00,USD\n2025-07-30,B,2.00,USD\n2025-07-02,C,3.00,USD\n")]
    [InlineData("a window that has moved", Header + "2025-06-02,C,3.00,USD\n2025-06-30,B,2.00,USD\n2025-07-02,C,3.00,USD\n")]
    [InlineData("more than one field differs", Header + "2025-06-01,A,1.00,USD\n2025-06-30,X,2.00,USD\n2025-06-02,C,3.00,USD\n")]
    [InlineData("another line", Header + "2025-06-01,A,1.00,USD\n2025-06-02,C,3.00,USD\n2025-06-30,B,2.00,USD\n")]
    public async Task What_may_be_another_row_leaves_it_open(string why, string text)
    {
        Ingest ingest = new();
        await ingest.Text(Bad);
        await ingest.Text(text);
        Assert.True((await ingest.Quarantine()).Count == 1, why);
    }

    [Fact]
    public async Task Another_source_and_another_scope_leave_it_open()
    {
        Ingest ingest = new();
        await ingest.Text(Bad);
        await ingest.Text(s_mended, "july.csv");
        await ingest.Text(s_mended, options: new IngestOptions { Scope = "B" });
        Assert.Single(await ingest.Quarantine());
    }

    [Fact]
    public async Task Bad_again_it_stays_open_with_the_latest_reason()
    {
        Ingest ingest = new();
        await ingest.Text(Bad);
        await ingest.Pipeline(billing => billing.UseLayout(SourceLayout.Default with { DateFormats = ["yyyy-MM-dd"], DefaultCurrency = "USD" })).IngestAsync(BillingSource.Text("june.csv", Bad), Cancellation);
        Assert.Equal(QuarantineReason.BadDate, Assert.Single(await ingest.Quarantine()).Reason);
    }

    [Fact]
    public async Task A_replay_that_fails_again_leaves_the_latest_reason_and_the_run_that_met_it_first()
    {
        Ingest ingest = new();
        IngestReport first = await ingest.Text(Header + "2025-06-01,A,-1.00,CAD\n");
        Assert.Equal(QuarantineReason.NoRate, Assert.Single(await ingest.Quarantine()).Reason);
        await ingest.Pipeline(billing => billing
            .UseExchangeRates(FixedRates.Parse("CAD=0.75"))
            .AddCategoryRules(CategoryRules.Create(CategoryRule.Require("not negative", record => record.Amount.Amount >= 0)))).ReplayAsync(new QuarantineQuery(), new IngestOptions(), Cancellation);
        QuarantinedRecord row = Assert.Single(await ingest.Quarantine());
        Assert.Equal((QuarantineReason.RuleFailed, first.RunId), (row.Reason, row.RunId));
    }

    [Fact]
    public async Task A_follower_is_closed_with_the_ledger_by_replay_correction_and_dismissal()
    {
        MemorySink follower = new();
        Ingest ingest = new();
        await ingest.Pipeline(billing => billing.AddSink(follower)).IngestAsync(BillingSource.Text("june.csv", Bad + "2025-06-03,D,4.00,CAD\n2025-06-04,E,4.00,??\n"), Cancellation);
        Assert.Equal(3, (await Open(follower)).Count);
        await ingest.Pipeline(billing => billing.AddSink(follower).UseExchangeRates(FixedRates.Parse("CAD=0.75"))).ReplayAsync(new QuarantineQuery { Reason = QuarantineReason.NoRate }, new IngestOptions(), Cancellation);
        Assert.Equal(2, (await Open(follower)).Count);
        await ingest.Pipeline(billing => billing.AddSink(follower).UseExchangeRates(FixedRates.Parse("CAD=0.75"))).IngestAsync(BillingSource.Text("june.csv", s_mended + "2025-06-03,D,4.00,CAD\n2025-06-04,E,4.00,??\n"), Cancellation);
        QuarantinedRecord left = Assert.Single(await Open(follower));
        Assert.Equal(QuarantineReason.UnknownCurrency, left.Reason);
        await ingest.Pipeline(billing => billing.AddSink(follower)).DismissQuarantineAsync([left.Key], "A test row.", Cancellation);
        Assert.Empty(await Open(follower));
        Assert.Empty(await ingest.Quarantine());
        Assert.Equal("A test row.", Assert.Single(await ingest.Quarantine(resolved: true), row => row.Key == left.Key).Dismissal);
        Assert.Empty(await new StoreComparison(ingest.Ledger, follower).FindDifferencesAsync(Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task One_row_is_replayed_by_its_key()
    {
        Ingest ingest = new();
        await ingest.Text(Header + "2025-06-01,A,1.00,CAD\n2025-06-02,A,1.00,CAD\n");
        QuarantinedRecord row = (await ingest.Quarantine())[1];
        IngestReport report = Assert.Single(await ingest.Pipeline(billing => billing.UseExchangeRates(FixedRates.Parse("CAD=0.75"))).ReplayAsync(new QuarantineQuery { Key = row.Key }, new IngestOptions(), Cancellation));
        Assert.Equal((1, 1), (report.Read.Rows, report.Stored.Rows));
        Assert.Equal(2, Assert.Single(await ingest.Quarantine()).Source.Line);
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("")]
    public void A_dismissal_has_a_reason(string reason) => Assert.Throws<ArgumentException>(() => QuarantinedRecord.Dismissed(reason));

    [Fact]
    public void The_reason_of_a_dismissal_fits_every_store()
    {
        Assert.Equal("dismissed: " + new string('é', 120), QuarantinedRecord.Dismissed(new string('é', 120)));
        Assert.Throws<ArgumentException>(() => QuarantinedRecord.Dismissed(new string('é', 121)));
    }

    private static Action<BillingBuilder> Dates(string format) => billing => billing.UseLayout(SourceLayout.Default with { DateFormats = [format] });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<IReadOnlyList<QuarantinedRecord>> Open(MemorySink sink) => (await sink.GetQuarantineAsync(new QuarantineQuery(), Cancellation)).Items;

    private static async Task<IReadOnlyList<BillingRecord>> Stored(string text)
    {
        Ingest ingest = new();
        await ingest.Text(text);
        return await ingest.Records();
    }
}
