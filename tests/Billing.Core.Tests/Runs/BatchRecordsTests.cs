using System.Globalization;
using System.Text;
using Billing.Fingerprints;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Core.Tests.Runs;

/// <summary>What a sink gets of a batch, whose rows are used again by later batches.</summary>
public sealed class BatchRecordsTests
{
    private const int Rows = 900;

    [Fact]
    public async Task Records_that_a_sink_keeps_stay_what_they_are()
    {
        KeepingSink sink = new();
        await IngestAsync(sink);
        Assert.Equal(Enumerable.Range(1, Rows).Select(Describe), sink.Kept.Select(record => Describe(record)));
        Assert.Equal(Rows, sink.Kept.Select(record => record.Key).Distinct().Count());
    }

    [Fact]
    public async Task Records_are_the_same_however_often_a_sink_asks_and_from_however_many_threads()
    {
        KeepingSink sink = new();
        await IngestAsync(sink);
        Assert.True(sink.AllSame);
    }

    [Fact]
    public async Task A_list_that_is_read_after_the_call_has_ended_is_an_error_that_says_what_to_do()
    {
        KeepingSink sink = new();
        await IngestAsync(sink);
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => sink.Lists[0][0]);
        Assert.Contains("Keep the records themselves", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_and_fingerprints_are_those_of_the_records_and_make_none()
    {
        KnowingSink sink = new();
        StringBuilder csv = new("date,amount,currency\n");
        for (int i = 0; i < Rows; i++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"2025-06-01,{(i % 70) + 1},USD\n");
        }

        await Pipeline(sink, 100).IngestAsync(BillingSource.Text("june.csv", csv.ToString()), TestContext.Current.CancellationToken);
        Assert.Equal(Rows, sink.Keys.Count);
        Assert.Equal(sink.Records.Select(record => (record.Key, record.Fingerprint)), sink.Keys);
        Assert.True(sink.BytesPerRecord < 40, $"Asking for keys took {sink.BytesPerRecord} bytes a record.");
    }

    [Fact]
    public async Task Attributes_of_a_batch_do_not_show_through_in_the_next_one()
    {
        KeepingSink sink = new();
        // The second batch has null where the first had values.
        string csv = "date,amount,currency,company,Cost Centre\n" + string.Concat(Enumerable.Range(0, 20).Select(i => string.Create(CultureInfo.InvariantCulture, $"2025-06-01,{i + 1},USD,{(i < 10 ? "Acme" : "")},{(i < 10 ? "a note" : "")}\n")));
        await Pipeline(sink, 10).IngestAsync(BillingSource.Text("june.csv", csv), TestContext.Current.CancellationToken);
        Assert.All(sink.Kept.Take(10), record => Assert.Equal(("Acme", "a note"), (record.Party, record.Attributes["Cost Centre"])));
        Assert.All(sink.Kept.Skip(10), record => Assert.Equal((null, ""), (record.Party, record.Attributes["Cost Centre"])));
    }

    [Fact]
    public async Task Rows_that_fail_a_requirement_are_left_out_and_no_other_row_is()
    {
        KeepingSink sink = new();
        StringBuilder csv = new("id,date,amount,currency\n");
        for (int i = 1; i <= 3_000; i++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{i},2025-06-01,{i},USD\n");
        }

        IngestReport report = await new ServiceCollection()
            .AddBilling(billing => billing.AddSink(sink).AddCategoryRules(CategoryRules.Create(CategoryRule.Require("no multiple of seven", record => record.Amount.Amount % 7 != 0))))
            .BuildServiceProvider().GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.Text("june.csv", csv.ToString()), TestContext.Current.CancellationToken);
        int[] expected = [.. Enumerable.Range(1, 3_000).Where(i => i % 7 != 0)];
        Assert.Equal(expected.Length, report.Stored.Rows);
        Assert.Equal(expected, sink.Kept.Select(record => (int)record.Amount.Amount));
    }

    [Fact]
    public async Task A_row_that_has_no_canonical_form_leaves_nothing_in_the_next_one()
    {
        KeepingSink sink = new();
        const string Json = """
            [{"date":"2025-06-01","amount":1,"currency":"USD","company":"Acme","\ud800":"x"},
             {"date":"2025-06-02","amount":2,"currency":"USD","company":"Acme"}]
            """;
        IngestReport report = await Pipeline(sink, 10).IngestAsync(BillingSource.Text("june.json", Json), TestContext.Current.CancellationToken);
        Assert.Equal(1, report.Quarantined.Rows);
        BillingRecord record = Assert.Single(sink.Kept);
        Assert.Equal(CanonicalForm.FingerprintOf(record, CanonicalVersion.Current), record.Fingerprint);
    }

    private static Task<IngestReport> IngestAsync(KeepingSink sink)
    {
        StringBuilder csv = new("id,date,amount,currency,company,city\n");
        for (int i = 1; i <= Rows; i++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{i},2025-06-{(i % 30) + 1:00},{i}.25,USD,Company {i},City {i}\n");
        }

        return Pipeline(sink, 37).IngestAsync(BillingSource.Text("june.csv", csv.ToString()), TestContext.Current.CancellationToken);
    }

    private static BillingPipeline Pipeline(IBillingSink sink, int batchSize) =>
        new ServiceCollection().AddBilling(billing => billing.UseBatchSize(batchSize).AddSink(sink)).BuildServiceProvider().GetRequiredService<BillingPipeline>();

    private static string Describe(int i) => string.Create(CultureInfo.InvariantCulture, $"{i} 2025-06-{(i % 30) + 1:00} {i}.25 USD Company {i} City {i} line {i + 1}");

    private static string Describe(BillingRecord record) =>
        string.Create(CultureInfo.InvariantCulture, $"{record.SourceId} {record.Date:yyyy-MM-dd} {record.Amount} {record.Party} {record.Attributes["city"]} line {record.Source.Line}");

    /// <summary>Asks for the keys first, and then for the records.</summary>
    private sealed class KnowingSink : IBillingSink
    {
        public string Name => "knowing";

        public List<(RecordKey Key, Fingerprint Fingerprint)> Keys { get; } = new(2 * Rows);

        public List<BillingRecord> Records { get; } = [];

        public long BytesPerRecord { get; private set; }

        public ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken = default)
        {
            IRecordBatch batch = Assert.IsType<IRecordBatch>(records, exactMatch: false);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < batch.Count; i++)
            {
                Keys.Add((batch.KeyAt(i), batch.FingerprintAt(i)));
            }

            BytesPerRecord = Math.Max(BytesPerRecord, (GC.GetAllocatedBytesForCurrentThread() - before) / batch.Count);
            Records.AddRange(records);
            return new([.. records.Select(_ => WriteOutcome.Stored)]);
        }

        public ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }

    private sealed class KeepingSink : IBillingSink
    {
        public string Name => "keeping";

        public List<BillingRecord> Kept { get; } = [];

        public List<IReadOnlyList<BillingRecord>> Lists { get; } = [];

        public bool AllSame { get; private set; } = true;

        public ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken = default)
        {
            BillingRecord[][] asked = new BillingRecord[4][];
            Parallel.For(0, asked.Length, i => asked[i] = [.. records]);
            foreach (BillingRecord[] again in asked)
            {
                AllSame &= again.SequenceEqual(asked[0], ReferenceEqualityComparer.Instance);
            }

            Kept.AddRange(asked[0]);
            Lists.Add(records);
            return new([.. records.Select(_ => WriteOutcome.Stored)]);
        }

        public ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }
}
