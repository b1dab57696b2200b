using Amazon.DynamoDBv2;

namespace Billing.Sinks.Dynamo.Tests;

/// <summary>A new table of receipts on the shared server.</summary>
public sealed class DynamoReceipts : IReceiptsUnderTest
{
    private readonly AmazonDynamoDBClient _client = DynamoDbServer.Shared.NewClient();
    private readonly string _table = $"receipts-{Guid.NewGuid():N}";

    public IReceiptStore ConnectReceipts() => new DynamoReceiptStore(
        _client, new DynamoReceiptStoreOptions { TableName = _table, CreateTables = true, MaxRetryDelay = TimeSpan.FromMilliseconds(50), MaxAttempts = 30 });

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
