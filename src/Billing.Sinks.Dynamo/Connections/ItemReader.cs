using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Billing.Sinks.Dynamo.Connections;

/// <summary>Reads items, all pages to the end.</summary>
internal sealed class ItemReader(IAmazonDynamoDB client, Retries retries)
{
    /// <summary>The largest number of keys in one request.</summary>
    public const int MaxKeys = 100;

    /// <summary>Returns the current item with this key, or null.</summary>
    public async Task<Dictionary<string, AttributeValue>?> FindAsync(string table, Dictionary<string, AttributeValue> key, CancellationToken cancellationToken)
    {
        GetItemRequest request = new() { TableName = table, Key = key, ConsistentRead = true };
        GetItemResponse response = await retries.CallAsync(table, token => client.GetItemAsync(request, token), cancellationToken).ConfigureAwait(false);
        return response.Item is { Count: > 0 } item ? item : null;
    }

    /// <summary>Returns the current items with these keys, at most <see cref="MaxKeys"/>, with the named attributes, or with all of them if the names are null.</summary>
    public async Task<List<Dictionary<string, AttributeValue>>> FindAsync(
        string table, IEnumerable<Dictionary<string, AttributeValue>> keys, IEnumerable<string>? names, CancellationToken cancellationToken)
    {
        Dictionary<string, string>? aliases = names?.Select((name, i) => (name, alias: FormattableString.Invariant($"#n{i}"))).ToDictionary(pair => pair.alias, pair => pair.name);
        KeysAndAttributes left = new()
        {
            Keys = [.. keys],
            ConsistentRead = true,
            ProjectionExpression = aliases is null ? null : string.Join(", ", aliases.Keys),
            ExpressionAttributeNames = aliases,
        };
        List<Dictionary<string, AttributeValue>> found = [];
        for (int failures = 0; left.Keys.Count > 0;)
        {
            BatchGetItemRequest request = new() { RequestItems = new Dictionary<string, KeysAndAttributes> { [table] = left } };
            BatchGetItemResponse response = await retries.CallAsync(table, token => client.BatchGetItemAsync(request, token), cancellationToken).ConfigureAwait(false);
            if (response.Responses is { } responses && responses.TryGetValue(table, out List<Dictionary<string, AttributeValue>>? items) && items is not null)
            {
                found.AddRange(items);
            }

            List<Dictionary<string, AttributeValue>> unprocessed =
                response.UnprocessedKeys is { } tables && tables.TryGetValue(table, out KeysAndAttributes? rest) && rest?.Keys is { } some ? some : [];
            failures = unprocessed.Count < left.Keys.Count ? 0 : failures + 1;
            left.Keys = unprocessed;
            if (unprocessed.Count > 0)
            {
                await retries.WaitAsync(table, Math.Max(1, failures), new BillingException("DynamoDB left keys unprocessed"), cancellationToken).ConfigureAwait(false);
            }
        }

        return found;
    }

    /// <summary>Returns the items of an index, in its order.</summary>
    /// <param name="limit">The largest number of items that one request reads; null for as many as DynamoDB returns.</param>
    public async IAsyncEnumerable<Dictionary<string, AttributeValue>> QueryAsync(
        string table, IndexRange range, int? limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (range.IsEmpty)
        {
            yield break;
        }

        QueryRequest request = range.ToRequest(table);
        request.Limit = limit;
        do
        {
            QueryResponse response = await retries.CallAsync(table, token => client.QueryAsync(request, token), cancellationToken).ConfigureAwait(false);
            foreach (Dictionary<string, AttributeValue> item in response.Items ?? [])
            {
                yield return item;
            }

            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    /// <summary>Returns every current item of a table, in no order.</summary>
    public async IAsyncEnumerable<Dictionary<string, AttributeValue>> ScanAsync(string table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ScanRequest request = new() { TableName = table, ConsistentRead = true };
        do
        {
            ScanResponse response = await retries.CallAsync(table, token => client.ScanAsync(request, token), cancellationToken).ConfigureAwait(false);
            foreach (Dictionary<string, AttributeValue> item in response.Items ?? [])
            {
                yield return item;
            }

            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }
}
