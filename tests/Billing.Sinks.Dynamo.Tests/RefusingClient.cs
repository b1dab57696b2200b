using System.Net.Sockets;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace Billing.Sinks.Dynamo.Tests;

/// <summary>A client whose server is not there while it says so.</summary>
internal sealed class RefusingClient(DynamoDbServer server) : AmazonDynamoDBClient(
    new BasicAWSCredentials("local", "local"),
    new AmazonDynamoDBConfig { ServiceURL = $"http://127.0.0.1:{server.Port}", AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 })
{
    public bool Refuses { get; set; } = true;

    public int Refused { get; private set; }

    public override Task<DescribeTableResponse> DescribeTableAsync(string tableName, CancellationToken cancellationToken = default) =>
        AskAsync(() => base.DescribeTableAsync(tableName, cancellationToken));

    public override Task<GetItemResponse> GetItemAsync(GetItemRequest request, CancellationToken cancellationToken = default) =>
        AskAsync(() => base.GetItemAsync(request, cancellationToken));

    private Task<T> AskAsync<T>(Func<Task<T>> call)
    {
        if (!Refuses)
        {
            return call();
        }

        Refused++;
        throw new AmazonClientException("no answer", new HttpRequestException("refused", new SocketException((int)SocketError.ConnectionRefused)));
    }
}
