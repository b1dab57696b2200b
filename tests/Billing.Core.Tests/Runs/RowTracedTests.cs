namespace Billing.Core.Tests.Runs;

/// <summary>Whoever asks is told what each row became, in a dry run as in the run after it.</summary>
public sealed class RowTracedTests
{
    private const string Csv = "id,date,amount,currency\n1,2025-06-17,1.00,CAD\n2,2025-06-17,x,USD\n1,2025-06-17,1.00,CAD\n1,2025-06-17,2.00,USD\n";

    [Fact]
    public async Task A_row_is_told_with_its_text_and_its_record_or_why_it_has_none()
    {
        Ingest ingest = new(billing => billing.UseExchangeRates(FixedRates.Parse("CAD=0.75")));
        List<(RowOutcome Outcome, RecordTrace Trace)> dry = await Told(ingest.Pipeline().AsDryRun());
        Assert.Empty(await ingest.Records());
        List<(RowOutcome Outcome, RecordTrace Trace)> told = await Told(ingest.Pipeline());
        Assert.Equal(dry.Select(Shown), told.Select(Shown));
        Assert.Equal(Csv.Split('\n')[1..5], told.Select(row => row.Trace.RawText));
        Assert.Equal([RowOutcomeKind.Stored, RowOutcomeKind.Quarantined, RowOutcomeKind.Duplicate, RowOutcomeKind.Conflict], told.Select(row => row.Outcome.Kind));
        Assert.Equal("0.75 USD", told[0].Trace.Record!.ReportingAmount.ToString());
        Assert.Equal(QuarantineReason.BadAmount, told[1].Trace.Quarantined!.Reason);
        Assert.Equal("2.00 USD", told[3].Trace.Record!.Amount.ToString());
    }

    [Fact]
    public async Task The_first_reading_of_a_source_that_must_be_proved_tells_nothing()
    {
        Ingest ingest = new();
        int told = 0;
        IngestOptions options = new() { Expect = StatedTotals.Parse("rows=1"), RowTraced = (_, _) => told++ };
        await ingest.Text("date,amount,currency\n2025-06-17,1.00,USD\n", options: options);
        Assert.Equal(1, told);
    }

    private static (RowOutcome Outcome, string? Text, Money? Reporting) Shown((RowOutcome Outcome, RecordTrace Trace) row) => (row.Outcome, row.Trace.RawText, row.Trace.Record?.ReportingAmount);

    private static async Task<List<(RowOutcome Outcome, RecordTrace Trace)>> Told(BillingPipeline pipeline)
    {
        List<(RowOutcome, RecordTrace)> told = [];
        IngestOptions options = new() { Identity = RecordIdentity.Columns("id"), RowTraced = (outcome, trace) => told.Add((outcome, trace)) };
        await pipeline.IngestAsync(BillingSource.Text("in.csv", Csv), options, TestContext.Current.CancellationToken);
        return told;
    }
}
