using Microsoft.Extensions.DependencyInjection;

namespace Billing.Core.Tests.Runs;

/// <summary>A ledger that takes several batches at once gets them so; what is reported and acknowledged keeps the order of the source.</summary>
public sealed class ConcurrentWriteTests
{
    private const string Csv = "id,description,date,amount,currency\n1,a,2025-06-17,1.00,USD\n2,b,2025-06-17,2.00,USD\n3,c,2025-06-17,4.00,USD\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task As_many_batches_as_the_ledger_takes_are_under_way_and_rows_are_told_in_the_order_of_the_source()
    {
        using ConcurrentSink sink = new(2);
        List<long> told = [];
        await using BillingPipeline pipeline = sink.Pipeline();
        Task<IngestReport> run = pipeline.IngestAsync(BillingSource.Text("in.csv", Csv), new IngestOptions { RowDone = row => told.Add(row.Source.Line) }, Cancellation);
        await sink.BeganAsync(2);
        sink.Release("b");
        await Stored(sink, 1);
        Assert.False(sink.HasBegunMore, "The third batch began before the first ended.");
        Assert.Empty(told);

        sink.Release("a");
        await sink.BeganAsync(1);
        sink.Release("c");
        IngestReport report = await run;
        Assert.True(report.IsBalanced);
        Assert.Equal((3L, ExactSum.From(7.00m)), (report.Stored.Rows, report.Stored["USD"]));
        Assert.Equal([2, 3, 4], told);
        Assert.Equal(2, sink.Most);
    }

    [Fact]
    public async Task Batches_with_a_key_in_common_come_one_after_another()
    {
        using ConcurrentSink sink = new(3);
        await using BillingPipeline pipeline = sink.Pipeline();
        Task<IngestReport> run = pipeline.IngestAsync(
            BillingSource.Text("in.csv", "id,description,date,amount,currency\n1,a,2025-06-17,1.00,USD\n2,b,2025-06-17,2.00,USD\n1,other,2025-06-17,4.00,USD\n"),
            new IngestOptions { Identity = RecordIdentity.Columns("id") },
            Cancellation);
        await sink.BeganAsync(2);
        sink.Release("b");
        await Stored(sink, 1);
        Assert.False(sink.HasBegunMore, "A batch began while one with the same key was under way.");

        sink.Release("a");
        await sink.BeganAsync(1);
        sink.Release("other");
        IngestReport report = await run;
        Assert.Equal((2L, 1L), (report.Stored.Rows, report.Conflict.Rows));
        Assert.Equal("a", (await sink.Inner.QueryAsync(new RecordQuery(), Cancellation)).Items.Single(record => record.SourceId == "1").Description);
    }

    [Fact]
    public async Task What_was_under_way_when_another_batch_failed_is_in_the_report_and_running_again_completes_it()
    {
        using ConcurrentSink sink = new(2);
        await using BillingPipeline pipeline = sink.Pipeline();
        Task<IngestReport> run = pipeline.IngestAsync(BillingSource.Text("in.csv", Csv), Cancellation);
        await sink.BeganAsync(2);
        sink.Fail("a");
        sink.Release("b");
        IngestFailedException failed = await Assert.ThrowsAsync<IngestFailedException>(() => run);
        Assert.IsType<IOException>(failed.InnerException);
        Assert.Equal((1L, ExactSum.From(2.00m)), (failed.Report.Stored.Rows, failed.Report.Stored["USD"]));
        Assert.Equal(RunStatus.Failed, (await sink.Inner.GetRunsAsync(new PageRequest(), Cancellation)).Items.Single().Status);

        await using BillingPipeline second = new ServiceCollection().AddBilling(billing => billing.AddSink(sink.Inner)).BuildServiceProvider().GetRequiredService<BillingPipeline>();
        IngestReport again = await second.IngestAsync(BillingSource.Text("in.csv", Csv), Cancellation);
        Assert.Equal((2L, 1L), (again.Stored.Rows, again.Duplicate.Rows));
    }

    [Fact]
    public async Task A_ledger_that_says_nothing_gets_one_batch_after_another()
    {
        using ConcurrentSink sink = new(1);
        await using BillingPipeline pipeline = sink.Pipeline();
        Task<IngestReport> run = pipeline.IngestAsync(BillingSource.Text("in.csv", Csv), Cancellation);
        foreach (string row in (string[])["a", "b", "c"])
        {
            await sink.BeganAsync(1);
            sink.Release(row);
        }

        Assert.Equal(3, (await run).Stored.Rows);
        Assert.Equal(1, sink.Most);
        Assert.Equal(1, ((IBillingSink)new FailingSink()).Concurrency);
    }

    private static async Task Stored(ConcurrentSink sink, int records)
    {
        while ((await sink.Inner.QueryAsync(new RecordQuery(), Cancellation)).Items.Count < records)
        {
            await Task.Delay(1, Cancellation);
        }
    }
}
