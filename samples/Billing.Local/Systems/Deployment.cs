namespace Billing.Local.Systems;

/// <summary>The parts of the five systems: the same names and connections as in samples/Billing.Infrastructure.</summary>
internal static class Deployment
{
    public const string Database = "billing";
    public const string Secret = "billing-database";
    public const string Invoices = "billing-invoices";
    public const string Receipts = "bille-receipts";
    public const string Reports = "expense-reports";
    public const string PaymentEvents = "payment-events";
    public const string AlertTopic = "ExpenseAlerts";

    /// <summary>The queue that is subscribed to the topic of alerts, in place of a mailbox.</summary>
    public const string AlertInbox = "ExpenseAlertsInbox";

    public const string PaymentsTable = "billing-local-payments";

    public static IReadOnlyList<string> Functions { get; } =
        ["billing-csv", "receipts", "receipts-api", "transactions", "transactions-api", "payments", "log-expense", "expenses-api", "monthly-report", "backup", "alerts"];

    public static IReadOnlyList<string> Buckets { get; } = [Invoices, Receipts, Reports, PaymentEvents];

    public static IReadOnlyList<QueueDefinition> Queues { get; } =
    [
        new("BillingCsvQueue", "billing-csv", 1, TimeSpan.Zero, 2),
        new("ReceiptQueue", "receipts", 10, TimeSpan.FromSeconds(1), 2),
        new("FinancialTransactionQueue", "transactions", 10, TimeSpan.FromSeconds(5), 4),
    ];

    public static IReadOnlyList<RouteDefinition> ReceiptsRoutes { get; } = [new("GET", "/expenses", "receipts-api")];

    public static IReadOnlyList<RouteDefinition> TransactionsRoutes { get; } = [new("GET", "/transactions", "transactions-api"), new("GET", "/totals", "transactions-api")];

    public static IReadOnlyList<RouteDefinition> ExpensesRoutes { get; } =
    [
        new("POST", "/logexpense", "log-expense"),
        new("GET", "/expenses", "expenses-api"),
        new("GET", "/totals", "expenses-api"),
        new("GET", "/reports/{month}", "expenses-api"),
    ];

    public static IReadOnlyList<ScheduleDefinition> Schedules { get; } =
    [
        new("monthly-report", "monthly-report", "on the first of each month"),
        new("backup", "backup", "every day"),
        new("alerts", "alerts", "every five minutes"),
    ];

    /// <summary>Returns the queue that a bucket notifies of its objects, or null.</summary>
    public static string? QueueOf(string bucket) => bucket switch
    {
        Invoices => "BillingCsvQueue",
        Receipts => "ReceiptQueue",
        _ => null,
    };
}
