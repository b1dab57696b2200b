using System.Globalization;

namespace Billing.Core.Tests.Runs;

/// <summary>What was quarantined is stored after mending, under the identity that it would have had.</summary>
public sealed class ReplayTests
{
    private const string Text = "date,company,amount,currency\n2025-06-01,Acme,10.00,CAD\n2025/06/02,Beta,20.00,USD\n2025-06-03,Gamma,30.00,USD\n2025-06-01,Acme,10.00,CAD\n";

    private static readonly SourceLayout s_mended = new() { DateFormats = ["yyyy-MM-dd", "yyyy/MM/dd"] };

    private static void WithRates(BillingBuilder billing) => billing.UseExchangeRates(FixedRates.Parse("CAD=0.75"));

    [Fact]
    public async Task Replayed_records_have_the_keys_of_a_whole_ingestion_with_the_mended_settings()
    {
        Ingest whole = new(WithRates);
        await whole.Text(Text, options: new IngestOptions { Layout = s_mended });

        Ingest ingest = new();
        IngestReport first = await ingest.Text(Text);
        Assert.Equal(3, first.Quarantined.Rows);

        IngestReport replay = Assert.Single(await ingest.Pipeline(WithRates).ReplayAsync(new QuarantineQuery(), new IngestOptions { Layout = s_mended }, TestContext.Current.CancellationToken));
        Assert.Equal((3, 3, 0), (replay.Read.Rows, replay.Stored.Rows, replay.Quarantined.Rows));
        Assert.True(replay.IsBalanced);
        Assert.Equal(await whole.Keys(), await ingest.Keys());
        Assert.Equal(
            (await whole.Records()).Select(record => (record.Key, record.ReportingAmount, record.Source)),
            (await ingest.Records()).Select(record => (record.Key, record.ReportingAmount, record.Source)));
        Assert.Empty(await ingest.Quarantine());
        Assert.All(await ingest.Quarantine(resolved: true), row => Assert.Equal(replay.RunId, row.ResolvedByRunId));
    }

    [Fact]
    public async Task What_is_still_wrong_stays_in_quarantine_once()
    {
        Ingest ingest = new();
        await ingest.Text(Text);
        IngestReport replay = Assert.Single(await ingest.Pipeline(WithRates).ReplayAsync(new QuarantineQuery(), new IngestOptions(), TestContext.Current.CancellationToken));
        Assert.Equal((3, 2, 1), (replay.Read.Rows, replay.Stored.Rows, replay.Quarantined.Rows));
        Assert.Equal("2025/06/02,Beta,20.00,USD", Assert.Single(await ingest.Quarantine()).RawText);
        Assert.Single(await ingest.Pipeline(WithRates).ReplayAsync(new QuarantineQuery(), new IngestOptions(), TestContext.Current.CancellationToken));
        Assert.Single(await ingest.Quarantine());
    }

    [Fact]
    public async Task A_repeat_of_a_stored_row_is_kept_as_the_repeat_that_it_is()
    {
        // The second row is the first one written otherwise: after mending both are the same content, twice.
        const string text = "date,company,amount,currency\n2025-06-01,Acme,10.00,USD\n2025/06/01,Acme,10.00,USD\n";
        Ingest ingest = new();
        await ingest.Text(text);
        await ingest.Pipeline().ReplayAsync(new QuarantineQuery(), new IngestOptions { Layout = s_mended }, TestContext.Current.CancellationToken);
        Assert.Equal([1, 2], (await ingest.Records()).Select(record => record.Occurrence).Order());

        IngestReport again = await ingest.Text(text, options: new IngestOptions { Layout = s_mended });
        Assert.Equal((0, 2), (again.Stored.Rows, again.Duplicate.Rows));
    }

    [Fact]
    public async Task After_the_source_was_ingested_again_under_another_name_a_replay_only_resolves()
    {
        Ingest ingest = new(WithRates);
        await ingest.Text(Text);
        await ingest.Text(Text, "july.csv", options: new IngestOptions { Layout = s_mended });
        IngestReport replay = Assert.Single(await ingest.Pipeline().ReplayAsync(new QuarantineQuery(), new IngestOptions { Layout = s_mended }, TestContext.Current.CancellationToken));
        Assert.Equal((1, 0, 1), (replay.Read.Rows, replay.Stored.Rows, replay.Duplicate.Rows));
        Assert.Equal(4, (await ingest.Records()).Count);
        Assert.Empty(await ingest.Quarantine());
    }

    [Fact]
    public async Task Where_only_the_whole_source_can_tell_the_row_stays_and_the_report_says_what_to_do()
    {
        Ingest ingest = new();
        await ingest.Text("date,company,amount,currency\n2025-06-01,Acme,10.00,USD\n", "may.csv");
        // One of june's two equal rows is a duplicate of may's; which one the replayed row is, nobody can tell.
        const string june = "date,company,amount,currency\n2025-06-01,Acme,10.00,USD\n2025/06/01,Acme,10.00,USD\n";
        await ingest.Text(june, "june.csv");
        IngestReport replay = Assert.Single(await ingest.Pipeline().ReplayAsync(new QuarantineQuery(), new IngestOptions { Layout = s_mended }, TestContext.Current.CancellationToken));
        Assert.Equal((1, 0, 1), (replay.Read.Rows, replay.Stored.Rows, replay.Quarantined.Rows));
        Assert.Contains(replay.Warnings, warning => warning.Contains("ingest june.csv again", StringComparison.Ordinal));

        IngestReport whole = await ingest.Text(june, "june.csv", new IngestOptions { Layout = s_mended });
        Assert.Equal((1, 1), (whole.Stored.Rows, whole.Duplicate.Rows));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_row_in_conflict_is_not_given_an_occurrence_that_is_free(bool isDry)
    {
        Ingest ingest = new(billing => billing.UseIdentity(RecordIdentity.CountedColumns("date", "company", "amount")));
        await ingest.Text("date,company,amount,currency,note\n2025-06-01,Acme,10.00,USD,one\n2025-06-01,Acme,10.00,USD,two\n", "may.csv");
        const string june = "date,company,amount,currency,note\n2025-06-01,Acme,10.00,USD,two\n2025-06-01,Acme,10.00,USD,two\n";
        IngestReport whole = await ingest.Text(june, "june.csv");
        Assert.Equal((1, 1), (whole.Conflict.Rows, whole.Duplicate.Rows));

        BillingPipeline pipeline = isDry ? ingest.Pipeline().AsDryRun() : ingest.Pipeline();
        IngestReport replay = Assert.Single(await pipeline.ReplayAsync(new QuarantineQuery(), new IngestOptions(), TestContext.Current.CancellationToken));
        Assert.Equal((1, 0, 1), (replay.Read.Rows, replay.Stored.Rows, replay.Conflict.Rows));
        Assert.Equal(2, (await ingest.Records()).Count);
        Assert.Equal(QuarantineReason.Conflict, Assert.Single(await ingest.Quarantine()).Reason);

        // Under another identity it is a row like any other.
        IngestReport other = Assert.Single(await ingest.Pipeline().ReplayAsync(new QuarantineQuery(), new IngestOptions { Identity = RecordIdentity.Content }, TestContext.Current.CancellationToken));
        Assert.Equal(1, other.Stored.Rows);
    }

    [Fact]
    public async Task A_row_in_conflict_with_a_record_that_is_gone_waits_for_its_source()
    {
        RecordIdentity counted = RecordIdentity.CountedColumns("date", "company", "amount");
        Ingest ingest = new(billing => billing.UseIdentity(counted));
        QuarantinedRecord row = Assert.Single(await ConflictAsync(counted));
        await ingest.Ledger.WriteQuarantineAsync([row], TestContext.Current.CancellationToken);
        IngestReport replay = Assert.Single(await ingest.Pipeline().ReplayAsync(new QuarantineQuery(), new IngestOptions(), TestContext.Current.CancellationToken));
        Assert.Equal((0, 1), (replay.Stored.Rows, replay.Quarantined.Rows));
        Assert.Contains(replay.Warnings, warning => warning.Contains("ingest june.csv again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_row_that_another_delivery_of_the_same_name_has_brought_is_not_stored_twice()
    {
        // The row comes again at another position, written otherwise, so that its source does not close it in quarantine.
        Ingest ingest = new();
        await ingest.Text("date,company,amount,currency\n2025-06-01,Acme,10.00,CAD\n", "bank.csv");
        Assert.Single(await ingest.Quarantine());
        await ingest.Pipeline(WithRates).IngestAsync(
            BillingSource.Text("bank.csv", "date,company,amount,currency\n2025-06-30,Beta,5,USD\n2025-06-01,Acme,10.0,CAD\n"), TestContext.Current.CancellationToken);

        // The ingestion released it, because its rate is there.
        IngestReport[] runs = await ingest.Ledger.GetAllRunsAsync(TestContext.Current.CancellationToken).ToArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal((runs[2].RunId, 0, 1), (runs[0].ReplayOf, runs[0].Stored.Rows, runs[0].Duplicate.Rows));
        Assert.Equal(["10.0", "5"], (await ingest.Records()).Select(record => record.Amount.Amount.ToString(CultureInfo.InvariantCulture)).Order(StringComparer.Ordinal));
        Assert.Empty(await ingest.Quarantine());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Repeats_are_kept_where_an_earlier_replay_or_the_same_file_has_stored_the_first(bool isReplay)
    {
        const string text = "date,company,amount,currency\n2025/06/01,Acme,10.00,USD\n2025.06.01,Acme,10.00,USD\n";
        Ingest ingest = new();
        await ingest.Text(text);
        if (isReplay)
        {
            await ingest.Pipeline().ReplayAsync(new QuarantineQuery(), new IngestOptions { Layout = s_mended }, TestContext.Current.CancellationToken);
        }
        else
        {
            await ingest.Text(text, options: new IngestOptions { Layout = s_mended });
        }

        Assert.Single(await ingest.Quarantine());
        SourceLayout points = new() { DateFormats = ["yyyy.MM.dd"] };
        IngestReport replay = Assert.Single(await ingest.Pipeline().ReplayAsync(new QuarantineQuery(), new IngestOptions { Layout = points }, TestContext.Current.CancellationToken));
        Assert.Equal(1, replay.Stored.Rows);
        Assert.Equal([1, 2], (await ingest.Records()).Select(record => record.Occurrence).Order());
    }

    private static async Task<IReadOnlyList<QuarantinedRecord>> ConflictAsync(RecordIdentity identity)
    {
        Ingest ingest = new(billing => billing.UseIdentity(identity));
        await ingest.Text("date,company,amount,currency,note\n2025-06-01,Acme,10.00,USD,one\n", "may.csv");
        await ingest.Text("date,company,amount,currency,note\n2025-06-01,Acme,10.00,USD,two\n", "june.csv");
        return await ingest.Quarantine();
    }
}
