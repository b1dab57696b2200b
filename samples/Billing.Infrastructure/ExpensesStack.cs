using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.S3;
using Billing.Infrastructure.Parts;

namespace Billing.Infrastructure;

/// <summary>System 5: expenses by HTTP, alerts over 500, the monthly report and the daily backup; and the alert sender of all systems.</summary>
public sealed class ExpensesStack : Stack
{
    internal ExpensesStack(Constructs.Construct scope, CloudSettings settings, FoundationStack foundation, DatabaseStack database, ReceiptsStack receipts, TokenSource? tokens)
        : base(scope, $"billing-{settings.Stage}-expenses")
    {
        string name = $"billing-{settings.Stage}-Expenses";
        Table table = DynamoTables.Create(this, "Table", name, settings, foundation, "expenseId");
        Table ledger = DynamoTables.CreateLedger(this, "Ledger", name, settings, foundation);
        StoreBucket reports = new(this, "Reports", "expense-reports", settings, new LifecycleRule
        {
            // Reports are stored as GLACIER_IR, which can be read at once. Reports older than seven years are deleted, like the books.
            Id = "seven-years",
            Expiration = Duration.Days(2557),
            NoncurrentVersionExpiration = Duration.Days(90),
        });

        BillingFunction log = Add("log-expense", Duration.Seconds(29), new(Http.Environment(settings, "ALERT_TOPIC_ARN", foundation.Alerts.TopicArn)) { ["BILLING_RATES"] = settings.Rates, ["BILLING_TIME_ZONE"] = settings.TimeZone });
        table.AllowWrite(log.Role);
        ledger.AllowWrite(log.Role);
        Topics.AllowPublish(foundation.Alerts, foundation.TopicKey, log.Role);

        BillingFunction read = Add("expenses-api", Duration.Seconds(29), Http.Environment(settings, "REPORT_BUCKET", reports.Bucket.BucketName));
        table.AllowRead(read.Role);
        ledger.AllowRead(read.Role);
        reports.AllowRead(read.Role);

        Api = new HttpEntry(this, "Api", $"billing-{settings.Stage}-expenses", settings, foundation, tokens);
        Api.Route("POST", "/logexpense", log);
        Api.Route("GET", "/expenses", read);
        Api.Route("GET", "/totals", read);
        Api.Route("GET", "/reports/{month}", read);

        BillingFunction report = Add("monthly-report", Duration.Minutes(15), new() { ["REPORT_BUCKET"] = reports.Bucket.BucketName, ["BILLING_TIME_ZONE"] = settings.TimeZone });
        table.AllowRead(report.Role);
        ledger.AllowRead(report.Role);
        reports.AllowPut(report.Role);
        Schedules.Add(report, "cron(0 6 1 * ? *)", settings, foundation);

        BillingFunction backup = Add("backup", Duration.Minutes(15), new() { ["DB_SECRET_NAME"] = database.Secret.SecretArn }, database);
        table.AllowRead(backup.Role);
        ledger.AllowRead(backup.Role);
        database.Secret.GrantRead(backup.Role);
        Schedules.Add(backup, "cron(0 3 * * ? *)", settings, foundation);

        // One sender for the unsent alerts of the expenses, the receipts and the invoices.
        BillingFunction send = Add(
            "alerts",
            Duration.Minutes(1),
            new()
            {
                ["ALERT_TOPIC_ARN"] = foundation.Alerts.TopicArn,
                ["RECEIPTS_TABLE"] = receipts.Ledger.TableName,
                ["DB_SECRET_NAME"] = database.Secret.SecretArn,
            },
            database);
        receipts.Ledger.AllowWrite(send.Role);
        database.Secret.GrantRead(send.Role);
        table.AllowWrite(send.Role);
        ledger.AllowWrite(send.Role);
        Topics.AllowPublish(foundation.Alerts, foundation.TopicKey, send.Role);
        Schedules.Add(send, "rate(5 minutes)", settings, foundation);

        BillingFunction Add(string handler, Duration timeout, Dictionary<string, string> environment, DatabaseStack? inside = null)
        {
            environment["EXPENSES_TABLE"] = table.TableName;
            return new BillingFunction(this, handler, settings, foundation, timeout, environment, inside);
        }
    }

    internal HttpEntry Api { get; }
}
