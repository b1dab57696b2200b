namespace Billing.Core.Tests.Runs;

public sealed class RowDoneTests
{
    [Fact]
    public async Task Every_row_is_told_once_in_the_order_of_the_source_with_what_became_of_it()
    {
        const string Csv = "id,date,amount,currency\n1,2025-06-17,1.00,USD\n2,2025-06-17,x,USD\n1,2025-06-17,1.00,USD\n1,2025-06-17,2.00,USD\n3,2025-06-17,3.00,USD\n4,nodate,3.00,USD\n";
        foreach (int batchSize in (int[])[1, 2, 100])
        {
            List<RowOutcome> told = [];
            await using BillingPipeline pipeline = Pipeline(batchSize);
            IngestReport report = await pipeline.IngestAsync(
                BillingSource.Text("in.csv", Csv),
                new IngestOptions { Identity = RecordIdentity.Columns("id"), RowDone = told.Add },
                TestContext.Current.CancellationToken);
            Assert.Equal(
                [(2L, RowOutcomeKind.Stored, null), (3, RowOutcomeKind.Quarantined, QuarantineReason.BadAmount), (4, RowOutcomeKind.Duplicate, null), (5, RowOutcomeKind.Conflict, QuarantineReason.Conflict), (6, RowOutcomeKind.Stored, null), (7, RowOutcomeKind.Quarantined, QuarantineReason.BadDate)],
                told.Select(row => (row.Source.Line, row.Kind, row.Reason)));
            Assert.All(told, row => Assert.Equal(("in.csv", Csv.Split('\n')[row.Source.Line - 1][0]), (row.Source.Name, Csv[(int)row.Source.ByteOffset])));
            Assert.Equal(report.Read.Rows, told.Count);
        }
    }

    [Fact]
    public async Task An_exception_of_the_one_who_is_told_ends_the_run()
    {
        await using BillingPipeline pipeline = Pipeline(1);
        IngestFailedException failed = await Assert.ThrowsAsync<IngestFailedException>(() => pipeline.IngestAsync(
            BillingSource.Text("in.csv", "date,amount,currency\n2025-06-17,1.00,USD\n"),
            new IngestOptions { RowDone = _ => throw new InvalidOperationException("stop") },
            TestContext.Current.CancellationToken));
        Assert.Equal(1, failed.Report.Stored.Rows);
    }

    private static BillingPipeline Pipeline(int batchSize) => new Ingest().Pipeline(billing => billing.UseBatchSize(batchSize));
}
