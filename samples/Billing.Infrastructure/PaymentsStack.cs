using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Billing.Infrastructure.Parts;

namespace Billing.Infrastructure;

/// <summary>System 4: mock payments on demand, stored in DynamoDB and archived in a bucket.</summary>
public sealed class PaymentsStack : Stack
{
    internal PaymentsStack(Constructs.Construct scope, CloudSettings settings, FoundationStack foundation)
        : base(scope, $"billing-{settings.Stage}-payments")
    {
        string name = $"billing-{settings.Stage}-payments";
        Table table = DynamoTables.Create(this, "Table", name, settings, foundation, "payment_id", "created_at");
        Table ledger = DynamoTables.CreateLedger(this, "Ledger", name, settings, foundation);
        StoreBucket archive = new(this, "Events", "payment-events", settings);

        BillingFunction create = new(this, "payments", settings, foundation, Duration.Minutes(5), new Dictionary<string, string>
        {
            ["PAYMENTS_TABLE"] = table.TableName,
            ["BILLING_RATES"] = settings.Rates,
            ["EVENTS_BUCKET"] = archive.Bucket.BucketName,
        });
        create.KeepFailedEvents();
        table.AllowWrite(create.Role);
        ledger.AllowWrite(create.Role);
        archive.AllowPut(create.Role);
        _ = new CfnOutput(this, "PaymentsFunction", new CfnOutputProps { Value = create.Function.FunctionName, Description = "Invoke it with {\"count\": 3}." });
    }
}
