using System.Net;
using System.Net.Sockets;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace Billing.Sinks.Dynamo.Tests;

/// <summary>
/// A client of which some calls fail, by a seed: throttled, an error of the server, a connection that is lost before or after the call took effect,
/// a transaction cancelled for one item, a batch of which some or all is left unprocessed.
/// </summary>
internal sealed class FaultyClient : AmazonDynamoDBClient
{
    private readonly Random _random;
    private readonly Lock _lock = new();
    private readonly int _percent;

    public FaultyClient(DynamoDbServer server, int percent, int seed)
        : base(
            new BasicAWSCredentials("local", "local"),
            new AmazonDynamoDBConfig { ServiceURL = $"http://127.0.0.1:{server.Port}", AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 })
    {
        _percent = percent;
        _random = new Random(seed);
    }

    /// <summary>How many calls failed.</summary>
    public int Faults { get; private set; }

    public override Task<PutItemResponse> PutItemAsync(PutItemRequest request, CancellationToken cancellationToken = default) =>
        FailAsync(() => base.PutItemAsync(request, cancellationToken));

    public override Task<UpdateItemResponse> UpdateItemAsync(UpdateItemRequest request, CancellationToken cancellationToken = default) =>
        FailAsync(() => base.UpdateItemAsync(request, cancellationToken));

    public override Task<GetItemResponse> GetItemAsync(GetItemRequest request, CancellationToken cancellationToken = default) =>
        FailAsync(() => base.GetItemAsync(request, cancellationToken));

    public override Task<QueryResponse> QueryAsync(QueryRequest request, CancellationToken cancellationToken = default) =>
        FailAsync(() => base.QueryAsync(request, cancellationToken));

    public override Task<ScanResponse> ScanAsync(ScanRequest request, CancellationToken cancellationToken = default) =>
        FailAsync(() => base.ScanAsync(request, cancellationToken));

    public override async Task<TransactWriteItemsResponse> TransactWriteItemsAsync(TransactWriteItemsRequest request, CancellationToken cancellationToken = default)
    {
        int dice = Roll();
        if (dice % 3 == 0 && dice >= 0)
        {
            string[] codes = ["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"];
            int failed = dice % request.TransactItems.Count;
            throw new TransactionCanceledException("cancelled")
            {
                ErrorCode = "TransactionCanceledException",
                StatusCode = HttpStatusCode.BadRequest,
                CancellationReasons = dice % 2 == 0
                    ? null
                    : [.. request.TransactItems.Select((_, i) => new CancellationReason { Code = i == failed ? codes[i % 3] : "None" })],
            };
        }

        return await FailAsync(dice, () => base.TransactWriteItemsAsync(request, cancellationToken));
    }

    public override async Task<BatchGetItemResponse> BatchGetItemAsync(BatchGetItemRequest request, CancellationToken cancellationToken = default)
    {
        int dice = Roll();
        if (dice < 0 || dice % 2 == 1)
        {
            return await FailAsync(dice, () => base.BatchGetItemAsync(request, cancellationToken));
        }

        (string table, KeysAndAttributes asked) = request.RequestItems.Single();
        int done = dice % 4 == 0 ? 0 : asked.Keys.Count / 2;
        KeysAndAttributes Of(IEnumerable<Dictionary<string, AttributeValue>> keys) => new()
        {
            Keys = [.. keys],
            ConsistentRead = asked.ConsistentRead,
            ProjectionExpression = asked.ProjectionExpression,
            ExpressionAttributeNames = asked.ExpressionAttributeNames,
        };
        BatchGetItemResponse response = done == 0
            ? new BatchGetItemResponse { Responses = null }
            : await base.BatchGetItemAsync(new BatchGetItemRequest { RequestItems = new() { [table] = Of(asked.Keys.Take(done)) } }, cancellationToken);
        response.UnprocessedKeys = new() { [table] = Of(asked.Keys.Skip(done)) };
        return response;
    }

    private Task<T> FailAsync<T>(Func<Task<T>> call) => FailAsync(Roll(), call);

    private static async Task<T> FailAsync<T>(int dice, Func<Task<T>> call)
    {
        switch (dice < 0 ? -1 : dice % 5)
        {
            case -1:
                return await call();
            case 0:
                throw new ProvisionedThroughputExceededException("slow down") { ErrorCode = "ProvisionedThroughputExceededException", StatusCode = HttpStatusCode.BadRequest };
            case 1:
                throw new AmazonDynamoDBException("oops", ErrorType.Unknown, "InternalServerError", "request", HttpStatusCode.InternalServerError);
            case 2:
                throw new HttpRequestException("connection refused", new SocketException((int)SocketError.ConnectionRefused));
            case 3:
                await call();
                throw new AmazonClientException("lost", new HttpRequestException("connection reset", new SocketException((int)SocketError.ConnectionReset)));
            default:
                await call();
                throw new TaskCanceledException("the answer took too long");
        }
    }

    /// <summary>A number of the fault, or -1 for none.</summary>
    private int Roll()
    {
        lock (_lock)
        {
            if (_random.Next(100) >= _percent)
            {
                return -1;
            }

            Faults++;
            return _random.Next(1_000_000);
        }
    }
}
