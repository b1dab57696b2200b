using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Billing.Rivals;

/// <summary>A table with the key and the indexes of Billing's own.</summary>
internal static class DynamoTable
{
    public static async Task CreateAsync(AmazonDynamoDBClient client, string table)
    {
        string[] keys = ["key", "month", "party", "position"];
        await client.CreateTableAsync(new CreateTableRequest
        {
            TableName = table,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            AttributeDefinitions = [.. keys.Select(key => new AttributeDefinition(key, ScalarAttributeType.S))],
            KeySchema = [new KeySchemaElement("key", KeyType.HASH)],
            GlobalSecondaryIndexes = [Index("by-month", "month"), Index("by-party", "party")],
        });
    }

    private static GlobalSecondaryIndex Index(string name, string hash) => new()
    {
        IndexName = name,
        KeySchema = [new KeySchemaElement(hash, KeyType.HASH), new KeySchemaElement("position", KeyType.RANGE)],
        Projection = new Projection { ProjectionType = ProjectionType.ALL },
    };
}
