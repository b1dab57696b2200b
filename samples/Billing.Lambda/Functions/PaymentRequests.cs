using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Billing.Lambda.Functions;

/// <summary>When each request was first made, kept before anything is made of it: the times of its payments, which are part of their keys, derive from that.</summary>
internal sealed class PaymentRequests(IAmazonDynamoDB client, string table, TimeProvider time)
{
    private const string Key = "key";
    private const string AskedAt = "asked_at";

    /// <summary>The time of the first try of a request.</summary>
    public async Task<DateTimeOffset> FirstAskedAsync(string requestId, CancellationToken cancellationToken)
    {
        AttributeValue key = new() { S = "request#" + requestId };
        DateTimeOffset now = time.GetUtcNow();
        try
        {
            await client.PutItemAsync(
                new PutItemRequest
                {
                    TableName = table,
                    Item = new() { [Key] = key, [AskedAt] = new AttributeValue { S = now.ToString("O", CultureInfo.InvariantCulture) } },
                    ConditionExpression = "attribute_not_exists(#key)",
                    ExpressionAttributeNames = new() { ["#key"] = Key },
                },
                cancellationToken);
            return now;
        }
        catch (ConditionalCheckFailedException)
        {
            GetItemResponse found = await client.GetItemAsync(new GetItemRequest { TableName = table, Key = new() { [Key] = key }, ConsistentRead = true }, cancellationToken);
            return DateTimeOffset.ParseExact(found.Item[AskedAt].S, "O", CultureInfo.InvariantCulture);
        }
    }
}
