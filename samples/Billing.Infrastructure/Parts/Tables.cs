using Amazon.CDK.AWS.DynamoDB;
using Constructs;
using Attribute = Amazon.CDK.AWS.DynamoDB.Attribute;

namespace Billing.Infrastructure.Parts;

/// <summary>Encrypted tables, billed on demand, that can be restored to any second of the last 35 days.</summary>
internal static class Tables
{
    /// <summary>The table of a system.</summary>
    public static Table Create(Construct scope, string id, string name, CloudSettings settings, string hashKey, string? rangeKey = null) => new(scope, id, new TableProps
    {
        TableName = name,
        PartitionKey = Text(hashKey),
        SortKey = rangeKey is null ? null : Text(rangeKey),
        BillingMode = BillingMode.PAY_PER_REQUEST,
        PointInTimeRecovery = true,
        Encryption = TableEncryption.AWS_MANAGED,
        DeletionProtection = !settings.RemoveData,
        RemovalPolicy = Removal.Of(settings),
    });

    /// <summary>The table of runs, quarantine and alerts beside it.</summary>
    public static Table CreateLedger(Construct scope, string id, string name, CloudSettings settings)
    {
        Table table = Create(scope, id, name + "-billing", settings, "key");
        AddIndex(table, "by-month", "month", "position");
        return table;
    }

    /// <summary>An index with all attributes.</summary>
    public static void AddIndex(Table table, string name, string hashKey, string rangeKey) => table.AddGlobalSecondaryIndex(new GlobalSecondaryIndexProps
    {
        IndexName = name,
        PartitionKey = Text(hashKey),
        SortKey = Text(rangeKey),
        ProjectionType = ProjectionType.ALL,
    });

    private static Attribute Text(string name) => new() { Name = name, Type = AttributeType.STRING };
}
