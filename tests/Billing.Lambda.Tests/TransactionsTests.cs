using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Billing.Lambda.Tests;

public sealed class TransactionsTests(Emulators emulators)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Transactions_are_stored_once_each_with_category_and_time_and_poison_is_kept()
    {
        string table = Emulators.NewName("RealTimeTransactions");
        await using RunningFunction function = await RunningFunction.StartAsync("transactions", emulators.Environments(("TRANSACTIONS_TABLE", table)));
        string batch = Events.Sqs(
            """{"transaction_id":"t-1","user_id":"u","amount":1000,"currency":"USD","timestamp":"2025-06-30T23:30:00-05:00","merchant":"M","channel":"web"}""",
            """{"transaction_id":"t-2","user_id":"u","amount":999.99,"currency":"EUR","transaction_timestamp_utc":"2025-06-30T10:00:00","merchant":"M"}""",
            """{"transaction_id":"t-3","user_id":"u","amount":"99.99","currency":"USD","timestamp":"2025-06-30T10:00:00Z","merchant":"M"}""",
            "{ no json",
            """{"user_id":"u","amount":1,"currency":"USD","timestamp":"2025-06-30T10:00:00Z"}""",
            """{"transaction_id":"t-4","amount":"NaN","currency":"USD","timestamp":"2025-06-30T10:00:00Z"}""",
            """{"transaction_id":"t-1","user_id":"u","amount":1001,"currency":"USD","timestamp":"2025-06-30T23:30:00-05:00","merchant":"M","channel":"web"}""");
        Assert.Empty(Events.Failures(await function.SucceedAsync(batch)));
        Assert.Empty(Events.Failures(await function.SucceedAsync(batch)));

        using AmazonDynamoDBClient client = DynamoDbServer.Shared.NewClient();
        List<Dictionary<string, AttributeValue>> items = (await client.ScanAsync(new ScanRequest(table), Cancellation)).Items;
        Assert.Equal(
            ["t-1 1000 USD high_value 2025-06-30T23:30:00.0000000-05:00", "t-2 999.99 EUR medium_value 2025-06-30T10:00:00.0000000+00:00", "t-3 99.99 USD standard 2025-06-30T10:00:00.0000000+00:00"],
            items.Select(item => $"{item["transaction_id"].S} {item["amount"].N} {item["currency"].S} {item["transaction_category"].S} {item["timestamp"].S}").Order(StringComparer.Ordinal));
        Assert.All(items, item => Assert.True(DateTimeOffset.Parse(item["processed_at_utc"].S, System.Globalization.CultureInfo.InvariantCulture) > DateTimeOffset.UtcNow.AddHours(-1)));

        using Sinks.Dynamo.DynamoSink store = new(client, new() { TableName = table, Layout = new() { HashKey = Sinks.Dynamo.DynamoField.Text("transaction_id", record => record.SourceId) } });
        Page<BillingRecord> records = await store.QueryAsync(new RecordQuery(), Cancellation);
        Assert.Equal("web", records.Items.Single(record => record.SourceId == "t-1").Attributes["channel"]);
        Page<QuarantinedRecord> quarantine = await store.GetQuarantineAsync(new QuarantineQuery(), Cancellation);
        Assert.Equal(["bad_amount", "bad_json", "conflict", "missing_value"], quarantine.Items.Select(item => item.Reason).Order(StringComparer.Ordinal));
    }
}
