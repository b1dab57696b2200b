using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Billing.Sinks.Dynamo.Connections;
using Billing.Sinks.Dynamo.Items;
using Billing.Sinks.Dynamo.Records;
using Billing.Storage;
using Microsoft.Extensions.Logging;

namespace Billing.Sinks.Dynamo.Tests;

/// <summary>Tables of other systems, as their users know them.</summary>
public sealed class LayoutTests : IDisposable
{
    private readonly AmazonDynamoDBClient _client = DynamoDbServer.Shared.NewClient();
    private readonly string _suffix = Guid.NewGuid().ToString("N");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // A transaction as its queue brings it: category and time of processing are added.
    private static DynamoItemLayout Transactions => new()
    {
        HashKey = DynamoField.Text("transaction_id", record => record.SourceId),
        Attributes =
        [
            DynamoField.Text("user_id", record => record.Account),
            DynamoField.Number("amount", record => record.Amount.Amount),
            DynamoField.Text("currency", record => record.Amount.Currency.Code),
            DynamoField.Text("timestamp", record => Instant(record)),
            DynamoField.Text("merchant", record => record.Party),
            DynamoField.Text("transaction_category", record => record.Category),
            DynamoField.Text("processed_at_utc", _ => "2025-06-17T10:30:05.0000000+00:00"),
        ],
    };

    private static DynamoItemLayout Payments => new()
    {
        HashKey = DynamoField.Text("payment_id", record => record.SourceId),
        RangeKey = DynamoField.Text("created_at", record => Instant(record)),
        Attributes =
        [
            DynamoField.Number("amount", record => record.Amount.Amount),
            DynamoField.Text("currency", record => record.Amount.Currency.Code),
            DynamoField.Text("merchant_id", record => record.Party),
            DynamoField.Text("status", record => record.Attributes["status"]),
            DynamoField.Text("source", record => record.Attributes["source"]),
        ],
    };

    private static DynamoItemLayout Expenses => new()
    {
        HashKey = DynamoField.Text("expenseId", record => record.SourceId),
        Attributes =
        [
            DynamoField.Number("amount", record => record.Amount.Amount),
            DynamoField.Text("description", record => record.Description),
            DynamoField.Text("date", record => record.Date.ToString("O", CultureInfo.InvariantCulture)),
        ],
    };

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task A_transaction_stands_in_its_table_with_the_attributes_that_its_users_know()
    {
        DynamoSink sink = Sink("RealTimeTransactions", Transactions);
        BillingRecord record = Transaction("t-1", 1234.50m, "high_value");
        Assert.Equal([WriteOutcome.Stored], await sink.WriteAsync([record], Cancellation));

        Dictionary<string, AttributeValue> item = (await _client.GetItemAsync(Table("RealTimeTransactions"), new() { ["transaction_id"] = new() { S = "t-1" } }, Cancellation)).Item;
        Assert.Equal(
            ["amount", "billing", "currency", "merchant", "processed_at_utc", "timestamp", "transaction_category", "transaction_id", "user_id"],
            item.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("1234.5", "USD", "Kiosk", "high_value", "user-7"), (item["amount"].N, item["currency"].S, item["merchant"].S, item["transaction_category"].S, item["user_id"].S));
        TableDescription table = (await _client.DescribeTableAsync(Table("RealTimeTransactions"), Cancellation)).Table;
        Assert.Equal(["transaction_id HASH"], table.KeySchema.Select(key => $"{key.AttributeName} {key.KeyType.Value}"));

        BillingRecord? read = await sink.FindAsync(record.Key, Cancellation);
        Assert.Equal("1234.50 USD", read?.Amount.ToString());
        Assert.Equal(record.Attributes.ToArray(), read!.Attributes.ToArray());
    }

    [Fact]
    public async Task Its_own_key_decides_what_is_a_duplicate_and_what_a_conflict()
    {
        DynamoSink sink = Sink("RealTimeTransactions", Transactions);
        BillingRecord first = Transaction("t-1", 10m, "standard");
        await sink.WriteAsync([first], Cancellation);
        IReadOnlyList<WriteOutcome> outcomes = await sink.WriteAsync(
            [Transaction("t-1", 10m, "standard"), Transaction("t-1", 11m, "standard"), Transaction("t-2", 5m, null), Transaction("t-2", 6m, null)], Cancellation);
        Assert.Equal(
            [WriteOutcomeKind.Duplicate, WriteOutcomeKind.Conflict, WriteOutcomeKind.Stored, WriteOutcomeKind.Conflict],
            outcomes.Select(outcome => outcome.Kind));
        Assert.Equal(WriteOutcome.Conflict(first.Source.Name, first.Fingerprint), outcomes[1]);
    }

    [Fact]
    public async Task An_item_that_another_program_wrote_is_never_overwritten_and_is_left_out_of_what_is_read()
    {
        ListLogger log = new();
        DynamoSink sink = Sink("RealTimeTransactions", Transactions, log: log);
        await sink.WriteAsync([Transaction("t-1", 10m, "standard")], Cancellation);
        await _client.PutItemAsync(Table("RealTimeTransactions"), new() { ["transaction_id"] = new() { S = "t-2" }, ["amount"] = new() { N = "1" } }, Cancellation);

        WriteOutcome outcome = Assert.Single(await sink.WriteAsync([Transaction("t-2", 20m, "standard")], Cancellation));

        Assert.Equal(WriteOutcomeKind.Conflict, outcome.Kind);
        Assert.Contains("another program", outcome.Detail, StringComparison.Ordinal);
        Assert.Single((await sink.QueryAsync(new RecordQuery(), Cancellation)).Items);
        Assert.Contains(log.Lines, line => line.Contains("whole DynamoDB table", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.StartsWith("1 items", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_record_without_a_value_for_the_key_is_refused()
    {
        DynamoSink sink = Sink("RealTimeTransactions", Transactions);
        IReadOnlyList<WriteOutcome> outcomes = await sink.WriteAsync([Some.Record("1"), Some.Record("2", sourceId: ""), Some.Record("3", sourceId: new string('x', 2049)), Some.Record("4", sourceId: new string('x', 2048))], Cancellation);
        Assert.Equal([WriteOutcomeKind.Refused, WriteOutcomeKind.Refused, WriteOutcomeKind.Refused, WriteOutcomeKind.Stored], outcomes.Select(outcome => outcome.Kind));
        Assert.Contains("transaction_id", outcomes[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Payments_have_a_range_key_and_every_record_comes_back_in_order_page_by_page()
    {
        DynamoSink sink = Sink("demo-dev-payments", Payments);
        BillingRecord[] payments = [.. Enumerable.Range(0, 60).Select(i => Some.Record(
            $"{i}",
            amount: 1.00m + i,
            sourceId: $"p-{i}",
            date: new DateOnly(2025, 6, 1).AddDays(i % 9),
            instant: new DateTimeOffset(2025, 6, 1, 10, 0, 0, TimeSpan.FromHours(2)).AddDays(i % 9),
            attributes: new RecordAttributes(["status", "source"], ["CAPTURED", "CARD"])))];
        Assert.All(await sink.WriteAsync(payments, Cancellation), outcome => Assert.Equal(WriteOutcome.Stored, outcome));
        Assert.All(await sink.WriteAsync(payments, Cancellation), outcome => Assert.Equal(WriteOutcomeKind.Duplicate, outcome.Kind));

        List<RecordKey> read = [];
        RecordQuery query = new() { PageSize = 7 };
        do
        {
            Page<BillingRecord> page = await sink.QueryAsync(query, Cancellation);
            read.AddRange(page.Items.Select(record => record.Key));
            query = query with { ContinuationToken = page.ContinuationToken };
        }
        while (query.ContinuationToken is not null);

        Assert.Equal(payments.OrderBy(payment => payment.Date).ThenBy(payment => payment.Key).Select(payment => payment.Key), read);
        TableDescription table = (await _client.DescribeTableAsync(Table("demo-dev-payments"), Cancellation)).Table;
        Assert.Equal(["payment_id HASH", "created_at RANGE"], table.KeySchema.Select(key => $"{key.AttributeName} {key.KeyType.Value}"));
        SummaryRow row = Assert.Single(await sink.SummarizeAsync(SummaryBy.Month, new RecordQuery(), Cancellation));
        Assert.Equal(ExactSum.From(payments.Sum(payment => payment.Amount.Amount)), row.Billed["USD"]);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(10_000)]
    public async Task To_read_a_table_in_pages_costs_as_much_as_to_read_it_twice(int size)
    {
        const int records = 700;
        using CountingClient counting = new(DynamoDbServer.Shared);
        DynamoSink sink = new(counting, new DynamoSinkOptions { TableName = Table("counted"), Layout = Expenses, CreateTables = true });
        BillingRecord[] written = [.. Enumerable.Range(0, records).Select(i => Some.Record($"{i}", sourceId: $"e-{i}", date: new DateOnly(2025, 6, 1).AddDays(i % 30)))];
        await sink.WriteAsync(written, Cancellation);
        int before = counting.ItemsFetched;

        List<RecordKey> read = [];
        await foreach (IReadOnlyList<BillingRecord> page in sink.QueryPagesAsync(new RecordQuery { PageSize = size }, Cancellation))
        {
            read.AddRange(page.Select(record => record.Key));
        }

        Assert.Equal(written.OrderBy(RecordPosition.Of).Select(record => record.Key), read);
        Assert.Equal(records, counting.ItemsScanned);

        // Each page looks at one record of the next.
        Assert.InRange(counting.ItemsFetched - before, records, records + (records / size));
        await sink.FindAllAsync([.. read.Take(250)], Cancellation);
        Assert.Equal(records, counting.ItemsScanned);
    }

    [Fact]
    public async Task What_another_sink_goes_on_with_and_what_changes_meanwhile_is_as_it_is_now()
    {
        DynamoSink sink = Sink("changing", Expenses);
        BillingRecord[] written = [.. Enumerable.Range(0, 20).Select(i => Some.Record($"{i}", sourceId: $"e-{i}", date: new DateOnly(2025, 6, 1).AddDays(i)))];
        await sink.WriteAsync(written, Cancellation);
        RecordQuery query = new() { PageSize = 5 };
        Page<BillingRecord> first = await sink.QueryAsync(query, Cancellation);
        await _client.DeleteItemAsync(Table("changing"), new() { ["expenseId"] = new() { S = "e-6" } }, Cancellation);

        Page<BillingRecord> second = await sink.QueryAsync(query with { ContinuationToken = first.ContinuationToken }, Cancellation);
        Page<BillingRecord> elsewhere = await Sink("changing", Expenses).QueryAsync(query with { ContinuationToken = first.ContinuationToken }, Cancellation);

        Assert.Equal(["e-5", "e-7", "e-8", "e-9", "e-10"], second.Items.Select(record => record.SourceId));
        Assert.Equal(second.Items.Select(record => record.SourceId), elsewhere.Items.Select(record => record.SourceId));
        Assert.Null(await sink.FindAsync(written[6].Key, Cancellation));
        await sink.WriteAsync([Some.Record("late", sourceId: "late", date: new DateOnly(2025, 5, 1))], Cancellation);
        Assert.Equal("late", (await sink.QueryAsync(query, Cancellation)).Items[0].SourceId);
    }

    [Fact]
    public async Task Of_more_records_than_one_scan_puts_in_order_another_scan_goes_on()
    {
        using CountingClient counting = new(DynamoDbServer.Shared);
        DynamoSink sink = Sink("windows", Expenses);
        BillingRecord[] written = [.. Enumerable.Range(0, 100).Select(i => Some.Record($"{i}", sourceId: $"e-{i}", date: new DateOnly(2025, 6, 1).AddDays(i % 7)))];
        await sink.WriteAsync(written, Cancellation);
        DynamoSinkOptions options = new() { TableName = Table("windows") };
        Retries retries = new(options, TimeProvider.System, new ListLogger());
        ScannedReads reads = new(new ItemReader(counting, retries), new LayoutForm(Expenses), Table("windows"), TimeProvider.System, new ListLogger(), mostPlaces: 30);

        List<RecordKey> read = [];
        RecordQuery query = new() { PageSize = 9 };
        do
        {
            Page<BillingRecord> page = await reads.QueryAsync(query, Cancellation);
            read.AddRange(page.Items.Select(record => record.Key));
            query = query with { ContinuationToken = page.ContinuationToken };
        }
        while (query.ContinuationToken is not null);

        Assert.Equal(written.OrderBy(RecordPosition.Of).Select(record => record.Key), read);
        Assert.InRange(counting.Scans, 4, 5);
    }

    [Fact]
    public async Task Runs_and_quarantine_of_a_table_with_a_layout_stand_in_a_table_beside_it()
    {
        DynamoSink sink = Sink("Expenses", Expenses);
        await sink.WriteAsync([Some.Record(sourceId: "e-1")], Cancellation);
        await sink.WriteRunAsync(Some.Report(), Cancellation);
        await sink.WriteQuarantineAsync([Some.Quarantined()], Cancellation);

        Assert.Single((await _client.ScanAsync(new ScanRequest(Table("Expenses")), Cancellation)).Items);
        Assert.Equal(2, (await _client.ScanAsync(new ScanRequest(Table("Expenses") + "-billing"), Cancellation)).Items.Count);
        Assert.Single((await sink.GetRunsAsync(new PageRequest(), Cancellation)).Items);
        Assert.Single((await sink.GetQuarantineAsync(new QuarantineQuery(), Cancellation)).Items);
    }

    [Fact]
    public async Task A_key_that_is_a_number_is_the_same_key_with_and_without_trailing_zeros()
    {
        DynamoItemLayout layout = new() { HashKey = DynamoField.Number("id", record => decimal.Parse(record.SourceId!, CultureInfo.InvariantCulture)) };
        DynamoSink sink = Sink("numbers", layout);
        IReadOnlyList<WriteOutcome> outcomes = await sink.WriteAsync([Some.Record("1", content: "a", sourceId: "1"), Some.Record("1", content: "a", sourceId: "1.00")], Cancellation);
        Assert.Equal([WriteOutcomeKind.Stored, WriteOutcomeKind.Duplicate], outcomes.Select(outcome => outcome.Kind));
    }

    private static string? Instant(BillingRecord record) => record.Instant?.ToString("O", CultureInfo.InvariantCulture);

    private static BillingRecord Transaction(string id, decimal amount, string? category) => Some.Record(
        id,
        content: string.Create(CultureInfo.InvariantCulture, $"{id} {amount}"),
        amount: amount,
        sourceId: id,
        party: "Kiosk",
        account: "user-7",
        category: category,
        instant: new DateTimeOffset(2025, 6, 17, 10, 30, 0, TimeSpan.Zero),
        attributes: new RecordAttributes(["device", "note"], ["phone", null]));

    private string Table(string name) => $"{name}-{_suffix}";

    private DynamoSink Sink(string table, DynamoItemLayout layout, ILogger<DynamoSink>? log = null) =>
        new(_client, new DynamoSinkOptions { TableName = Table(table), Layout = layout, CreateTables = true }, null, log);
}
