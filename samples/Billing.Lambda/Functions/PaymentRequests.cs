using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Billing.Lambda.Functions;

/// <summary>Records when each request was first made, before it creates any payments. The times of the payments, which are part of their keys, derive from that time.</summary>
internal sealed class PaymentRequests(IAmazonDynamoDB client, string table, TimeProvider time)
{
    private const string Key = "key";
    private const string AskedAt = "asked_at";

    /// <summary>Returns the time of the first attempt of a request.</summary>
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
