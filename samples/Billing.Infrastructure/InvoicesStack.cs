using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.StepFunctions;
using Amazon.CDK.AWS.StepFunctions.Tasks;
using Billing.Infrastructure.Parts;
using Newtonsoft.Json.Linq;

namespace Billing.Infrastructure;

/// <summary>System 1: invoice files to Aurora, each by an event; very large files in parallel shards.</summary>
public sealed class InvoicesStack : Stack
{
    private const int RowsOfAShard = 1000;
    private const int ShardsAtOnce = 20;

    internal InvoicesStack(Constructs.Construct scope, CloudSettings settings, FoundationStack foundation, DatabaseStack database)
        : base(scope, $"billing-{settings.Stage}-invoices")
    {
        Duration timeout = Duration.Minutes(15);
        StoreBucket invoices = new(this, "Invoices", "invoices", settings);
        WorkQueue queue = new(this, "Files", "BillingCsvQueue", timeout, settings, foundation);
        invoices.NotifyOf(queue);

        Dictionary<string, string> environment = new() { ["DB_SECRET_NAME"] = database.Secret.SecretArn, ["BILLING_RATES"] = settings.Rates };
        BillingFunction ingest = new(this, "billing-csv", settings, foundation, timeout, environment, database);
        ingest.ReadFrom(queue, batchSize: 1, window: Duration.Seconds(0), maxConcurrency: 10);
        Grant(ingest);

        BillingFunction shard = new(this, "billing-csv-shard", settings, foundation, Duration.Minutes(5), environment, database);
        Grant(shard);
        AddLargeFiles(settings, invoices, shard, foundation);

        void Grant(BillingFunction function)
        {
            invoices.AllowRead(function.Role);
            database.Secret.GrantRead(function.Role);
        }
    }

    // Every shard goes through the same pipeline into the same ledger: the outcome is the same in any order and after retries.
    private void AddLargeFiles(CloudSettings settings, StoreBucket invoices, BillingFunction shard, FoundationStack foundation)
    {
        StoreBucket results = new(this, "ShardResults", "shard-results", settings, new Amazon.CDK.AWS.S3.LifecycleRule { Id = "old-results", Expiration = Duration.Days(90) });
        DistributedMap map = new(this, "Shards", new DistributedMapProps
        {
            Label = "Shards",
            MapExecutionType = StateMachineType.STANDARD,
            ItemReader = new S3CsvItemReader(new S3CsvItemReaderProps { Bucket = invoices.Bucket, Key = JsonPath.StringAt("$.key"), CsvHeaders = CsvHeaders.UseFirstRow() }),
            // The position of a row in the file, for files without identifying columns.
            ItemSelector = new Dictionary<string, object> { ["row.$"] = "$$.Map.Item.Index", ["value.$"] = "$$.Map.Item.Value" },
            ItemBatcher = new ItemBatcher(new ItemBatcherProps
            {
                MaxItemsPerBatch = RowsOfAShard,
                BatchInput = new JObject { ["bucket"] = invoices.Bucket.BucketName, ["key.$"] = "$.key", ["identity.$"] = "$.identity" },
            }),
            MaxConcurrency = ShardsAtOnce,
            ResultWriter = new ResultWriter(new ResultWriterProps { Bucket = results.Bucket, Prefix = "runs" }),
        });
        LambdaInvoke invoke = new(this, "IngestShard", new LambdaInvokeProps { LambdaFunction = shard.Function, PayloadResponseOnly = true, RetryOnServiceExceptions = false });
        invoke.AddRetry(new RetryProps { Errors = [Errors.ALL], Interval = Duration.Seconds(2), BackoffRate = 2, MaxAttempts = 6, MaxDelay = Duration.Minutes(2), JitterStrategy = JitterType.FULL });
        map.ItemProcessor(invoke);
        StateMachine machine = new(this, "LargeFiles", new StateMachineProps
        {
            StateMachineName = $"billing-{settings.Stage}-large-files",
            Comment = "Input: {\"key\": \"2025/06.csv\", \"identity\": \"position\"}, or \"columns:invoice,line\"",
            DefinitionBody = DefinitionBody.FromChainable(map),
            Timeout = Duration.Hours(12),
            Role = new Role(this, "LargeFilesRole", new RoleProps { AssumedBy = Trust.Of("states.amazonaws.com"), Description = $"The state machine billing-{settings.Stage}-large-files" }),
            TracingEnabled = true,
            Logs = new LogOptions { Destination = StepLog(settings), Level = LogLevel.ALL, IncludeExecutionData = false },
        });
        foreach (IMetric metric in (IMetric[])[machine.MetricFailed(Alarms.Over("Sum")), machine.MetricTimedOut(Alarms.Over("Sum")), machine.MetricAborted(Alarms.Over("Sum"))])
        {
            string what = ((Metric)metric).MetricName;
            Alarms.Add(this, what, $"billing-{settings.Stage}-large-files-{what}", "A very large file was not stored completely. The execution says why. Start it again: stored records are recognised.", metric, 1, foundation.Alarms);
        }

        // The shards are separate executions; the CDK grants them only under the name of the state machine.
        machine.Role.AddToPrincipalPolicy(new PolicyStatement(new PolicyStatementProps
        {
            Sid = "ShardsOfTheMachine",
            Actions = ["states:DescribeExecution", "states:StopExecution"],
            Resources = [$"arn:{Aws.PARTITION}:states:{Aws.REGION}:{Aws.ACCOUNT_ID}:execution:billing-{settings.Stage}-large-files/*"],
        }));
        _ = new CfnOutput(this, "LargeFilesMachine", new CfnOutputProps { Value = machine.StateMachineArn, Description = "Start it for a file too large for one function." });
        _ = new CfnOutput(this, "InvoicesBucket", new CfnOutputProps { Value = invoices.Bucket.BucketName, Description = "Put invoice files here." });
    }

    private LogGroup StepLog(CloudSettings settings) =>
        new(this, "LargeFilesLog", new LogGroupProps { LogGroupName = $"/aws/vendedlogs/states/billing-{settings.Stage}-large-files", Retention = RetentionDays.THREE_MONTHS, RemovalPolicy = Removal.Of(settings) });
}
