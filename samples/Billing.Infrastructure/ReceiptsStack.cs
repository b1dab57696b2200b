using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Billing.Infrastructure.Parts;

namespace Billing.Infrastructure;

/// <summary>System 2: receipts to a store of their hashes, and the HTTP API that reads it.</summary>
public sealed class ReceiptsStack : Stack
{
    internal ReceiptsStack(Constructs.Construct scope, CloudSettings settings, FoundationStack foundation, TokenSource? tokens)
        : base(scope, $"billing-{settings.Stage}-receipts")
    {
        Duration timeout = Duration.Minutes(5);
        StoreBucket receipts = new(this, "Receipts", "receipts", settings);
        WorkQueue queue = new(this, "Uploads", "ReceiptQueue", timeout, settings, foundation);
        receipts.NotifyOf(queue);
        Ledger = DynamoTables.Create(this, "Ledger", $"billing-{settings.Stage}-BillE_Expenses", settings, foundation, "ReceiptID");
        DynamoTables.AddIndex(Ledger, "by-upload", "Ledger", "UploadDate");
        DynamoTables.AddIndex(Ledger, "by-alert", "AlertState", "AlertDue");

        BillingFunction process = new(this, "receipts", settings, foundation, timeout, new Dictionary<string, string>
        {
            ["RECEIPTS_TABLE"] = Ledger.TableName,
            ["ALERT_TOPIC_ARN"] = foundation.Alerts.TopicArn,
        });
        process.ReadFrom(queue, batchSize: 10, window: Duration.Seconds(0));
        receipts.AllowRead(process.Role);
        Ledger.AllowWrite(process.Role);
        Topics.AllowPublish(foundation.Alerts, foundation.TopicKey, process.Role);

        BillingFunction read = new(this, "receipts-api", settings, foundation, Duration.Seconds(29), Http.Environment(settings, "RECEIPTS_TABLE", Ledger.TableName));
        Ledger.AllowRead(read.Role);
        Api = new HttpEntry(this, "Api", $"billing-{settings.Stage}-receipts", settings, foundation, tokens);
        Api.Route("GET", "/expenses", read);
        _ = new CfnOutput(this, "ReceiptsBucket", new CfnOutputProps { Value = receipts.Bucket.BucketName, Description = "Upload receipts here." });
    }

    internal Table Ledger { get; }

    internal HttpEntry Api { get; }
}
