using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Billing.Sinks.Dynamo;

/// <summary>Puts items without a condition, in batches. Only for items whose key says all of their content, so that an overwrite changes nothing.</summary>
internal sealed class BatchPuts(IAmazonDynamoDB client, Retries retries, string table)
{
    private const int MaxItems = 25;

    /// <summary>Puts items until none is left unprocessed.</summary>
    public async Task WriteAsync(IEnumerable<Dictionary<string, AttributeValue>> items, CancellationToken cancellationToken)
    {
        foreach (Dictionary<string, AttributeValue>[] batch in items.Chunk(MaxItems))
        {
            List<WriteRequest> left = [.. batch.Select(item => new WriteRequest { PutRequest = new PutRequest { Item = item } })];
            for (int failures = 0; left.Count > 0;)
            {
                BatchWriteItemRequest request = new() { RequestItems = new Dictionary<string, List<WriteRequest>> { [table] = left } };
                BatchWriteItemResponse response = await retries.CallAsync(table, token => client.BatchWriteItemAsync(request, token), cancellationToken).ConfigureAwait(false);
                List<WriteRequest> unprocessed =
                    response.UnprocessedItems is { } tables && tables.TryGetValue(table, out List<WriteRequest>? rest) && rest is not null ? rest : [];
                failures = unprocessed.Count < left.Count ? 0 : failures + 1;
                left = unprocessed;
                if (left.Count > 0)
                {
                    await retries.WaitAsync(table, Math.Max(1, failures), new BillingException("DynamoDB left items unprocessed"), cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }
}
