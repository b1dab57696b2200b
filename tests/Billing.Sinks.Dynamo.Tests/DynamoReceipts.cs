using Amazon.DynamoDBv2;

namespace Billing.Sinks.Dynamo.Tests;

/// <summary>A new table of receipts on the shared server.</summary>
public sealed class DynamoReceipts : IReceiptsUnderTest
{
    private readonly AmazonDynamoDBClient _client = LocalServer.Shared.NewClient();
    private readonly string _table = $"receipts-{Guid.NewGuid():N}";

    public IReceiptLedger ConnectReceipts() => new DynamoReceiptLedger(
        _client, new DynamoReceiptLedgerOptions { TableName = _table, CreateTables = true, MaxRetryDelay = TimeSpan.FromMilliseconds(50), MaxAttempts = 30 });

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
