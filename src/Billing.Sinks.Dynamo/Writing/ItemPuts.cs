using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Billing.Sinks.Dynamo.Writing;

/// <summary>
/// Puts items without a condition. Only for items whose key determines their whole content, so that overwriting changes nothing. One by one, because the permission
/// to write batches includes deleting in them.
/// </summary>
internal sealed class ItemPuts(IAmazonDynamoDB client, Retries retries, string table)
{
    private const int AtOnce = 8;

    /// <summary>Puts all items.</summary>
    public Task WriteAsync(IEnumerable<Dictionary<string, AttributeValue>> items, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        items,
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
        async (item, token) => await retries.CallAsync(table, call => client.PutItemAsync(new PutItemRequest { TableName = table, Item = item }, call), token).ConfigureAwait(false));
}
