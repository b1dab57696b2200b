using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace Billing.Sinks.Dynamo.Tests;

/// <summary>A client in whose way another program comes once: after everything was read, and before the first transaction is sent.</summary>
internal sealed class MeddlingClient(DynamoDbServer server) : AmazonDynamoDBClient(
    new BasicAWSCredentials("local", "local"),
    new AmazonDynamoDBConfig { ServiceURL = $"http://127.0.0.1:{server.Port}", AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 })
{
    private Func<Task>? _meddle;

    /// <summary>What the other program does.</summary>
    public Func<Task>? Meddle { set => _meddle = value; }

    /// <summary>How many transactions were sent.</summary>
    public int Transactions { get; private set; }

    public override async Task<TransactWriteItemsResponse> TransactWriteItemsAsync(TransactWriteItemsRequest request, CancellationToken cancellationToken = default)
    {
        Transactions++;
        if (Interlocked.Exchange(ref _meddle, null) is { } meddle)
        {
            await meddle();
        }

        return await base.TransactWriteItemsAsync(request, cancellationToken);
    }
}
