using Amazon.DynamoDBv2;

namespace Billing.Sinks.Dynamo.Tests;

/// <summary>A new table on the shared server, and sinks of it.</summary>
public sealed class DynamoStore : IStoreUnderTest
{
    private readonly AmazonDynamoDBClient _client = DynamoDbServer.Shared.NewClient();

    public string TableName { get; } = $"billing-{Guid.NewGuid():N}";

    public IAmazonDynamoDB Client => _client;

    /// <summary>DynamoDB takes 100 records in a transaction at most, so a batch is several.</summary>
    public bool StoresBatchesWhole => false;

    /// <summary>No index leads to the records of a run.</summary>
    public bool TellsTotalsOfRuns => false;

    /// <summary>An item holds 400 KB, its other attributes included.</summary>
    public int LongestText => 200_000;

    /// <summary>Another sink of the same table.</summary>
    public IBillingStore Connect() => Connect(_client);

    internal DynamoSink Connect(IAmazonDynamoDB client, Action<DynamoSinkOptions>? configure = null)
    {
        DynamoSinkOptions options = new() { TableName = TableName, CreateTables = true, MaxRetryDelay = TimeSpan.FromMilliseconds(50) };
        configure?.Invoke(options);
        return new DynamoSink(client, options);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
