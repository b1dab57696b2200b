using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace Billing.Sinks.Dynamo.Tests;

/// <summary>A client in whose way another program comes once: after the first read of an item, or after everything was read and before the first transaction is sent.</summary>
internal sealed class MeddlingClient(DynamoDbServer server) : AmazonDynamoDBClient(
    new BasicAWSCredentials("local", "local"),
    new AmazonDynamoDBConfig { ServiceURL = $"http://127.0.0.1:{server.Port}", AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 })
{
    private Func<Task>? _meddle;
    private Func<Task>? _meddleEarly;

    /// <summary>What the other program does before the transaction.</summary>
    public Func<Task>? Meddle { set => _meddle = value; }

    /// <summary>What the other program does after the first read.</summary>
    public Func<Task>? MeddleEarly { set => _meddleEarly = value; }

    /// <summary>How many transactions were sent.</summary>
    public int Transactions { get; private set; }

    public override async Task<TransactWriteItemsResponse> TransactWriteItemsAsync(TransactWriteItemsRequest request, CancellationToken cancellationToken = default)
    {
        Transactions++;
        await (Interlocked.Exchange(ref _meddle, null)?.Invoke() ?? Task.CompletedTask);
        return await base.TransactWriteItemsAsync(request, cancellationToken);
    }

    public override Task<GetItemResponse> GetItemAsync(GetItemRequest request, CancellationToken cancellationToken = default) =>
        ReadAsync(base.GetItemAsync(request, cancellationToken));

    public override Task<BatchGetItemResponse> BatchGetItemAsync(BatchGetItemRequest request, CancellationToken cancellationToken = default) =>
        ReadAsync(base.BatchGetItemAsync(request, cancellationToken));

    private async Task<T> ReadAsync<T>(Task<T> read)
    {
        T response = await read;
        await (Interlocked.Exchange(ref _meddleEarly, null)?.Invoke() ?? Task.CompletedTask);
        return response;
    }
}
