using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Billing.Infrastructure.Parts;

namespace Billing.Infrastructure;

/// <summary>System 3: transactions from a queue to DynamoDB, and the HTTP API that lists and totals them.</summary>
public sealed class TransactionsStack : Stack
{
    internal TransactionsStack(Constructs.Construct scope, CloudSettings settings, FoundationStack foundation, TokenSource? tokens)
        : base(scope, $"billing-{settings.Stage}-transactions")
    {
        Duration timeout = Duration.Minutes(1);
        WorkQueue queue = new(this, "Transactions", "FinancialTransactionQueue", timeout, settings, foundation);
        string name = $"billing-{settings.Stage}-RealTimeTransactions";
        Table table = DynamoTables.Create(this, "Table", name, settings, foundation, "transaction_id");
        Table ledger = DynamoTables.CreateLedger(this, "Ledger", name, settings, foundation);

        BillingFunction process = new(this, "transactions", settings, foundation, timeout, new Dictionary<string, string> { ["TRANSACTIONS_TABLE"] = table.TableName, ["BILLING_RATES"] = settings.Rates });
        process.ReadFrom(queue, batchSize: 10, window: Duration.Seconds(5));
        table.AllowWrite(process.Role);
        ledger.AllowWrite(process.Role);

        BillingFunction read = new(this, "transactions-api", settings, foundation, Duration.Seconds(29), Http.Environment(settings, "TRANSACTIONS_TABLE", table.TableName));
        table.AllowRead(read.Role);
        ledger.AllowRead(read.Role);
        Api = new HttpEntry(this, "Api", $"billing-{settings.Stage}-transactions", settings, foundation, tokens);
        Api.Route("GET", "/transactions", read);
        Api.Route("GET", "/totals", read);
        _ = new CfnOutput(this, "TransactionQueue", new CfnOutputProps { Value = queue.Queue.QueueUrl, Description = "billing generate transactions --to sqs:..." });
    }

    internal HttpEntry Api { get; }
}
