using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Billing.EndToEnd.Tests;

/// <summary>What stands in a table of DynamoDB.</summary>
internal static class Items
{
    /// <summary>All items of a table, to the last page; none where the function that makes the table has not started yet.</summary>
    public static async Task<List<Dictionary<string, AttributeValue>>> OfAsync(LocalEnvironment environment, string table)
    {
        using AmazonDynamoDBClient client = environment.Client.NewDynamoDb();
        List<Dictionary<string, AttributeValue>> items = [];
        Dictionary<string, AttributeValue>? next = null;
        do
        {
            ScanResponse page;
            try
            {
                page = await client.ScanAsync(new ScanRequest { TableName = table, ExclusiveStartKey = next, ConsistentRead = true }, TestContext.Current.CancellationToken);
            }
            catch (ResourceNotFoundException)
            {
                return [];
            }

            items.AddRange(page.Items);
            next = page.LastEvaluatedKey is { Count: > 0 } key ? key : null;
        }
        while (next is not null);
        return items;
    }

    /// <summary>The text of an attribute, or null.</summary>
    public static string? Text(this Dictionary<string, AttributeValue> item, string name) => item.TryGetValue(name, out AttributeValue? value) ? value.S ?? value.N : null;
}
