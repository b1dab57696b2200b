using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.IAM;
using Constructs;
using Attribute = Amazon.CDK.AWS.DynamoDB.Attribute;

namespace Billing.Infrastructure.Parts;

/// <summary>Encrypted tables, billed on demand, that can be restored to any second of the last 35 days; and the permissions of functions on them.</summary>
internal static class DynamoTables
{
    private static readonly string[] s_read = ["dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:Scan"];

    // No function may delete stored items.
    private static readonly string[] s_write = ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:ConditionCheckItem"];

    /// <summary>Adds the table of a system.</summary>
    public static Table Create(Construct scope, string id, string name, CloudSettings settings, FoundationStack foundation, string hashKey, string? rangeKey = null)
    {
        Table table = new(scope, id, new TableProps
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
        Metric throttled = new(new MetricProps
        {
            Namespace = "AWS/DynamoDB",
            MetricName = "ThrottledRequests",
            DimensionsMap = new Dictionary<string, string> { ["TableName"] = table.TableName },
            Period = Duration.Minutes(5),
            Statistic = "Sum",
        });
        Alarms.Add(table, "Throttled", $"{name}-throttled", $"DynamoDB throttled requests to {name}. They are retried.", throttled, 10, foundation.Alarms);
        return table;
    }

    /// <summary>Lets a function read a table.</summary>
    public static void AllowRead(this Table table, Role role) => Allow(table, role, s_read);

    /// <summary>Lets a function read a table, and add and change its items, but not delete any.</summary>
    public static void AllowWrite(this Table table, Role role) => Allow(table, role, [.. s_read, .. s_write]);

    /// <summary>Adds the table for runs, quarantine and alerts beside it.</summary>
    public static Table CreateLedger(Construct scope, string id, string name, CloudSettings settings, FoundationStack foundation)
    {
        Table table = Create(scope, id, name + "-billing", settings, foundation, "key");
        AddIndex(table, "by-month", "month", "position");
        return table;
    }

    /// <summary>Adds an index with all attributes.</summary>
    public static void AddIndex(Table table, string name, string hashKey, string rangeKey) => table.AddGlobalSecondaryIndex(new GlobalSecondaryIndexProps
    {
        IndexName = name,
        PartitionKey = Text(hashKey),
        SortKey = Text(rangeKey),
        ProjectionType = ProjectionType.ALL,
    });

    private static void Allow(Table table, Role role, string[] actions) => role.AddToPrincipalPolicy(new PolicyStatement(new PolicyStatementProps
    {
        Actions = actions,
        Resources = [table.TableArn, table.TableArn + "/index/*"],
    }));

    private static Attribute Text(string name) => new() { Name = name, Type = AttributeType.STRING };
}
