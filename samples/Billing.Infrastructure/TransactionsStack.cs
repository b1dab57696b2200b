using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Billing.Infrastructure.Parts;

namespace Billing.Infrastructure;

/// <summary>System 3: transactions from a queue to DynamoDB, and the HTTP API that lists and totals them.</summary>
public sealed class TransactionsStack : Stack
{
    internal TransactionsStack(Constructs.Construct scope, CloudSettings settings, FoundationStack foundation)
        : base(scope, $"billing-{settings.Stage}-transactions")
    {
        Duration timeout = Duration.Minutes(1);
        WorkQueue queue = new(this, "Transactions", "FinancialTransactionQueue", timeout, settings, foundation);
        string name = $"billing-{settings.Stage}-RealTimeTransactions";
        Table table = Parts.Tables.Create(this, "Table", name, settings, "transaction_id");
        Table ledger = Parts.Tables.CreateLedger(this, "Ledger", name, settings);

        BillingFunction process = new(this, "transactions", settings, foundation, timeout, new Dictionary<string, string> { ["TRANSACTIONS_TABLE"] = table.TableName });
        process.ReadFrom(queue, batchSize: 10, window: Duration.Seconds(5));
        table.GrantReadWriteData(process.Role);
        ledger.GrantReadWriteData(process.Role);

        BillingFunction read = new(this, "transactions-api", settings, foundation, Duration.Seconds(29), Http.Environment(settings, "TRANSACTIONS_TABLE", table.TableName));
        table.GrantReadData(read.Role);
        ledger.GrantReadData(read.Role);
        HttpEntry api = new(this, "Api", $"billing-{settings.Stage}-transactions", settings);
        api.Route("GET", "/transactions", read);
        api.Route("GET", "/totals", read);
        _ = new CfnOutput(this, "TransactionQueue", new CfnOutputProps { Value = queue.Queue.QueueUrl, Description = "billing generate transactions --to sqs:..." });
    }
}
