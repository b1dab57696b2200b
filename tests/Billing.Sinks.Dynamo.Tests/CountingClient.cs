using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace Billing.Sinks.Dynamo.Tests;

/// <summary>A client that counts what is read.</summary>
internal sealed class CountingClient(DynamoDbServer server) : AmazonDynamoDBClient(
    new BasicAWSCredentials("local", "local"),
    new AmazonDynamoDBConfig { ServiceURL = $"http://127.0.0.1:{server.Port}", AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 })
{
    private int _scans;
    private int _scanning;
    private int _consistent;
    private int _inconsistent;

    public int ItemsRead { get; set; }

    /// <summary>The items that scans read.</summary>
    public int ItemsScanned { get; private set; }

    /// <summary>The items that were read by their keys, some at once.</summary>
    public int ItemsFetched { get; private set; }

    public int Scans => _scans;

    /// <summary>The most scans that were under way at once.</summary>
    public int ScansAtOnce { get; private set; }

    /// <summary>What happens once a scan has read, and before its caller knows what.</summary>
    public Func<Task> AfterScan { get; set; } = () => Task.CompletedTask;

    public int ConsistentReads => _consistent;

    public int InconsistentReads => _inconsistent;

    public override async Task<QueryResponse> QueryAsync(QueryRequest request, CancellationToken cancellationToken = default)
    {
        QueryResponse response = await base.QueryAsync(request, cancellationToken);
        ItemsRead += response.Items?.Count(item => !item["key"].S.StartsWith("months#", StringComparison.Ordinal)) ?? 0;
        return response;
    }

    public override async Task<ScanResponse> ScanAsync(ScanRequest request, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _scans);
        ScansAtOnce = Math.Max(ScansAtOnce, Interlocked.Increment(ref _scanning));
        ScanResponse response = await base.ScanAsync(request, cancellationToken);
        ItemsScanned += response.ScannedCount ?? 0;
        await AfterScan();
        Interlocked.Decrement(ref _scanning);
        return response;
    }

    public override Task<GetItemResponse> GetItemAsync(GetItemRequest request, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref request.ConsistentRead == true ? ref _consistent : ref _inconsistent);
        return base.GetItemAsync(request, cancellationToken);
    }

    public override async Task<BatchGetItemResponse> BatchGetItemAsync(BatchGetItemRequest request, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref request.RequestItems.Values.All(keys => keys.ConsistentRead == true) ? ref _consistent : ref _inconsistent);
        BatchGetItemResponse response = await base.BatchGetItemAsync(request, cancellationToken);
        ItemsFetched += response.Responses?.Values.Sum(items => items.Count) ?? 0;
        return response;
    }
}
