using Amazon.DynamoDBv2;

namespace Billing.Sinks.Dynamo.Tests;

/// <summary>A table with a layout of its own, whose records go one by one where they have no alert.</summary>
public sealed class DynamoLayoutStore : IStoreUnderTest
{
    private readonly AmazonDynamoDBClient _client = DynamoDbServer.Shared.NewClient();
    private readonly string _table = $"layout-{Guid.NewGuid():N}";

    public bool StoresBatchesWhole => false;

    /// <summary>No index leads to the records of a run.</summary>
    public bool TellsTotalsOfRuns => false;

    public int LongestText => 200_000;

    public IBillingStore Connect() => new DynamoSink(_client, new DynamoSinkOptions
    {
        TableName = _table,
        CreateTables = true,
        RecordsPerTransaction = 1,
        MaxRetryDelay = TimeSpan.FromMilliseconds(50),
        Layout = new DynamoItemLayout
        {
            HashKey = DynamoField.Text("expenseId", record => record.Key.ToString()),
            Attributes = [DynamoField.Number("amount", record => record.Amount.Amount)],
        },
    });

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
