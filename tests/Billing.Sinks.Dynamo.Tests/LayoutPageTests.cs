using Billing.Storage;

namespace Billing.Sinks.Dynamo.Tests;

/// <summary>The pages of a table that has no index: in order, each record once, and none older than the page before.</summary>
public sealed class LayoutPageTests : IDisposable
{
    private readonly CountingClient _client = new(DynamoDbServer.Shared);
    private readonly string _table = $"pages-{Guid.NewGuid():N}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static DynamoItemLayout Expenses => new() { HashKey = DynamoField.Text("expenseId", record => record.SourceId) };

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Keys_of_two_parts_are_told_apart_whatever_characters_they_contain()
    {
        DynamoSink sink = Sink(new DynamoItemLayout { HashKey = DynamoField.Text("id", record => record.SourceId), RangeKey = DynamoField.Text("at", record => record.Account) });
        BillingRecord[] written = [Some.Record("1", sourceId: "a\0Sb", account: "c"), Some.Record("2", sourceId: "a", account: "b\0Sc"), Some.Record("3", sourceId: "5:Sa", account: "1:")];
        Assert.All(await sink.WriteAsync(written, Cancellation), outcome => Assert.Equal(WriteOutcome.Stored, outcome));

        Assert.Equal(written.OrderBy(RecordPosition.Of).Select(record => record.Key), (await sink.QueryAsync(new RecordQuery(), Cancellation)).Items.Select(record => record.Key));
    }

    private DynamoSink Sink(DynamoItemLayout layout) => new(_client, new DynamoSinkOptions { TableName = _table, Layout = layout, CreateTables = true });
}
