using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Billing.Sinks.Dynamo.Schema;

/// <summary>The keys and indexes that a table must have.</summary>
internal sealed record TableShape(string Table, IReadOnlyList<(string Name, ScalarAttributeType Type)> Keys, IReadOnlyList<(string Index, string Hash, string Range)> Indexes)
{
    /// <summary>Billing's own table. It needs the index of parties only if it holds records.</summary>
    public static TableShape Own(string table, bool holdsRecords) => new(
        table,
        [(Names.Key, ScalarAttributeType.S)],
        holdsRecords ? [(Names.ByMonth, Names.Month, Names.Position), (Names.ByParty, Names.Party, Names.Position)] : [(Names.ByMonth, Names.Month, Names.Position)]);

    /// <summary>The table of a layout.</summary>
    public static TableShape Of(string table, DynamoItemLayout layout) => new(table, [.. layout.Keys.Select(key => (key.Name, key.Type))], []);

    /// <summary>Returns the request that creates the table.</summary>
    public CreateTableRequest ToRequest() => new()
    {
        TableName = Table,
        BillingMode = BillingMode.PAY_PER_REQUEST,
        AttributeDefinitions = [.. Definitions.Select(definition => new AttributeDefinition(definition.Name, definition.Type))],
        KeySchema = [.. Keys.Select((key, i) => new KeySchemaElement(key.Name, i == 0 ? KeyType.HASH : KeyType.RANGE))],
        GlobalSecondaryIndexes = Indexes.Count == 0 ? null : [.. Indexes.Select(index => new GlobalSecondaryIndex
        {
            IndexName = index.Index,
            KeySchema = [new KeySchemaElement(index.Hash, KeyType.HASH), new KeySchemaElement(index.Range, KeyType.RANGE)],
            Projection = new Projection { ProjectionType = ProjectionType.ALL },
        })],
    };

    /// <summary>Returns the command that creates the table.</summary>
    public string ToCommand()
    {
        string definitions = string.Join(' ', Definitions.Select(definition => $"AttributeName={definition.Name},AttributeType={definition.Type.Value}"));
        string keys = string.Join(' ', Keys.Select((key, i) => $"AttributeName={key.Name},KeyType={(i == 0 ? "HASH" : "RANGE")}"));
        string indexes = string.Join(' ', Indexes.Select(index =>
            $"'IndexName={index.Index},KeySchema=[{{AttributeName={index.Hash},KeyType=HASH}},{{AttributeName={index.Range},KeyType=RANGE}}],Projection={{ProjectionType=ALL}}'"));
        return $"aws dynamodb create-table --table-name {Table} --billing-mode PAY_PER_REQUEST --attribute-definitions {definitions} --key-schema {keys}"
            + (indexes.Length == 0 ? "" : $" --global-secondary-indexes {indexes}");
    }

    /// <summary>Returns what an existing table lacks, or null.</summary>
    public string? MissingIn(TableDescription table)
    {
        string wanted = string.Join(", ", Keys.Select((key, i) => $"{key.Name} {key.Type.Value} {(i == 0 ? "HASH" : "RANGE")}"));
        string found = string.Join(", ", (table.KeySchema ?? []).OrderBy(key => key.KeyType == KeyType.HASH ? 0 : 1).Select(key =>
            $"{key.AttributeName} {table.AttributeDefinitions?.Find(definition => definition.AttributeName == key.AttributeName)?.AttributeType?.Value} {key.KeyType.Value}"));
        if (wanted != found)
        {
            return $"the key {wanted} (its key is {found})";
        }

        foreach ((string index, string hash, string range) in Indexes)
        {
            GlobalSecondaryIndexDescription? there = table.GlobalSecondaryIndexes?.Find(one => one.IndexName == index);
            if (there?.Projection?.ProjectionType != ProjectionType.ALL
                || !there.KeySchema.Exists(key => key.AttributeName == hash && key.KeyType == KeyType.HASH)
                || !there.KeySchema.Exists(key => key.AttributeName == range && key.KeyType == KeyType.RANGE))
            {
                return $"the index {index} (hash key {hash}, range key {range}, all attributes)";
            }
        }

        return null;
    }

    private IEnumerable<(string Name, ScalarAttributeType Type)> Definitions =>
        Keys.Concat(Indexes.Select(index => index.Hash).Concat(Indexes.Select(index => index.Range)).Distinct(StringComparer.Ordinal).Select(name => (name, ScalarAttributeType.S)));
}
