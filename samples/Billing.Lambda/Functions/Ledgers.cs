using System.Globalization;
using Billing.Aws;
using Billing.Lambda.Expenses;
using Billing.Sinks.Aurora;
using Billing.Sinks.Dynamo;
using MySqlConnector;

namespace Billing.Lambda.Functions;

/// <summary>The ledgers of the systems, in tables with the names and attributes that their users know.</summary>
internal static class Ledgers
{
    private const string CreateVariable = "BILLING_CREATE_SCHEMA";

    /// <summary>System 2: <c>RECEIPTS_TABLE</c>.</summary>
    public static DynamoReceiptStore Receipts(FunctionServices services) => new(
        services.Dynamo,
        new DynamoReceiptStoreOptions { TableName = services.Settings.Text("RECEIPTS_TABLE", "BillE_Expenses"), CreateTables = services.Settings.Flag(CreateVariable) },
        services.Time,
        services.Logger<DynamoReceiptStore>());

    /// <summary>System 3: <c>TRANSACTIONS_TABLE</c>, with runs and quarantine in <c>QUARANTINE_TABLE</c>.</summary>
    public static DynamoSink Transactions(FunctionServices services) => Sink(
        services,
        services.Settings.Text("TRANSACTIONS_TABLE", "RealTimeTransactions"),
        services.Settings.Optional("QUARANTINE_TABLE"),
        new DynamoItemLayout
        {
            HashKey = DynamoField.Text("transaction_id", record => record.SourceId),
            Attributes =
            [
                DynamoField.Text("user_id", record => record.Account),
                DynamoField.Number("amount", record => record.Amount.Amount),
                DynamoField.Text("currency", record => record.Amount.Currency.Code),
                DynamoField.Text("timestamp", record => Instant(record)),
                DynamoField.Text("merchant", record => record.Party),
                DynamoField.Text("transaction_category", record => record.Category),
                DynamoField.Text("processed_at_utc", _ => services.Time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture)),
            ],
        });

    /// <summary>System 4: <c>PAYMENTS_TABLE</c>.</summary>
    public static DynamoSink Payments(FunctionServices services, string table) => Sink(
        services,
        table,
        null,
        new DynamoItemLayout
        {
            HashKey = DynamoField.Text("payment_id", record => record.SourceId),
            RangeKey = DynamoField.Text("created_at", Instant),
            Attributes =
            [
                DynamoField.Number("amount", record => record.Amount.Amount),
                DynamoField.Text("currency", record => record.Amount.Currency.Code),
                DynamoField.Text("merchant_id", record => record.Party),
                DynamoField.Text("status", record => record.Attributes["status"]),
                DynamoField.Text("source", record => record.Attributes["source"]),
            ],
        });

    /// <summary>System 5: <c>EXPENSES_TABLE</c>.</summary>
    public static DynamoSink Expenses(FunctionServices services) => Sink(
        services,
        services.Settings.Text("EXPENSES_TABLE", "Expenses"),
        null,
        new DynamoItemLayout
        {
            HashKey = DynamoField.Text("expenseId", record => record.SourceId),
            Attributes =
            [
                DynamoField.Number("amount", record => record.Amount.Amount),
                DynamoField.Text("currency", record => record.Amount.Currency.Code),
                DynamoField.Text("description", record => record.Description),
                DynamoField.Text("date", record => record.Date.ToString("O", CultureInfo.InvariantCulture)),
                DynamoField.Text("timestamp", record => Instant(record)),
                DynamoField.Text("category", record => record.Category),
            ],
        });

    /// <summary>System 1: the tables of the invoices.</summary>
    public static AuroraSink Invoices(FunctionServices services, Func<CancellationToken, ValueTask<MySqlDataSource>> database, bool createsSchema) =>
        new(database, new AuroraSinkOptions { CreateTables = createsSchema }, services.Time, services.Logger<AuroraSink>());

    /// <summary>System 5: the backup in MySQL.</summary>
    public static ExpenseBackup Backup(FunctionServices services, Func<CancellationToken, ValueTask<MySqlDataSource>> database, bool createsSchema) => new(
        database,
        new ExpenseBackupOptions { AllowEmptySource = services.Settings.Flag("BACKUP_ALLOW_EMPTY"), CreateTables = createsSchema },
        services.Time,
        services.Logger<ExpenseBackup>());

    /// <summary>Returns the sender of a store's alerts to <c>ALERT_TOPIC_ARN</c>.</summary>
    /// <param name="services">The settings and clients.</param>
    /// <param name="store">The store.</param>
    /// <param name="maxAlerts">How many one call tries: few, where the next event waits for it.</param>
    public static AlertSender Sender(FunctionServices services, IAlertStore store, int maxAlerts = 5)
    {
        string arn = services.Settings.Required("ALERT_TOPIC_ARN", "the ARN of the topic that alerts are sent to");
        SnsTopic topic = services.Settings.Parsed("ALERT_TOPIC_ARN", arn, text => new SnsTopic(services.Aws, text));
        return new AlertSender(store, new SnsAlertPublisher(topic), new AlertSenderOptions { AttemptTimeout = TimeSpan.FromSeconds(5), MaxAlerts = maxAlerts }, services.Time, services.Logger<AlertSender>());
    }

    /// <summary>Returns an instant in ISO 8601 with its offset, or null.</summary>
    public static string? Instant(BillingRecord record) => record.Instant?.ToString("O", CultureInfo.InvariantCulture);

    private static DynamoSink Sink(FunctionServices services, string table, string? ledgerTable, DynamoItemLayout layout) => new(
        services.Dynamo,
        new DynamoSinkOptions { TableName = table, LedgerTableName = ledgerTable, Layout = layout, CreateTables = services.Settings.Flag(CreateVariable) },
        services.Time,
        services.Logger<DynamoSink>());
}
