using System.Text.RegularExpressions;

namespace Billing.Sinks.Dynamo;

/// <summary>Options of <see cref="DynamoSink"/>.</summary>
public sealed partial class DynamoSinkOptions
{
    /// <summary>The name of the table for the records. Default <c>billing</c>.</summary>
    public string TableName { get; set; } = "billing";

    /// <summary>How a record is written if the table is not Billing's own; null for Billing's own table. Default null.</summary>
    public DynamoItemLayout? Layout { get; set; }

    /// <summary>
    /// The name of the table for runs and quarantine. Default null: without a <see cref="Layout"/>, the table of the records;
    /// with one, the name of that table followed by <c>-billing</c>.
    /// </summary>
    public string? LedgerTableName { get; set; }

    /// <summary>Whether missing tables are created, with on-demand billing. Default false: an error shows what to create.</summary>
    public bool CreateTables { get; set; }

    /// <summary>
    /// The number of records that one transaction writes, 1 to 100. Default 10, which old releases of DynamoDB Local accept too.
    /// With 1, each record is a conditional put: half the write capacity of a transaction, but more requests.
    /// </summary>
    public int RecordsPerTransaction { get; set; } = 10;

    /// <summary>The number of concurrent requests, 1 to 256. Default 8.</summary>
    public int Concurrency { get; set; } = 8;

    /// <summary>How many times a request is tried when it fails with a transient error, such as throttling, 1 to 100. Default 12. An attempt that makes progress does not count.</summary>
    public int MaxAttempts { get; set; } = 12;

    /// <summary>The longest wait between two attempts, 1 millisecond to 5 minutes. Each wait is random, up to twice the last. Default 5 seconds.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(5);

    internal string LedgerTable => LedgerTableName ?? (Layout is null ? TableName : TableName + "-billing");

    /// <summary>Returns a checked copy, which later changes to this object do not affect.</summary>
    /// <exception cref="BillingConfigurationException">An option is invalid.</exception>
    internal DynamoSinkOptions Checked()
    {
        Check(TableNamePattern().IsMatch(TableName ?? ""), nameof(TableName), TableName, "3 to 255 letters, digits, '_', '-' or '.'");
        Check(TableNamePattern().IsMatch(LedgerTable), nameof(LedgerTableName), LedgerTable, "3 to 255 letters, digits, '_', '-' or '.'");
        Check(Layout is null || LedgerTable != TableName, nameof(LedgerTableName), LedgerTable, "a different table from that of the records, because a table with a layout cannot hold runs");
        Check(RecordsPerTransaction is >= 1 and <= 100, nameof(RecordsPerTransaction), RecordsPerTransaction, "1 to 100");
        Check(Concurrency is >= 1 and <= 256, nameof(Concurrency), Concurrency, "1 to 256");
        Check(MaxAttempts is >= 1 and <= 100, nameof(MaxAttempts), MaxAttempts, "1 to 100");
        Check(MaxRetryDelay >= TimeSpan.FromMilliseconds(1) && MaxRetryDelay <= TimeSpan.FromMinutes(5), nameof(MaxRetryDelay), MaxRetryDelay, "1 millisecond to 5 minutes");
        Layout?.Check();
        return (DynamoSinkOptions)MemberwiseClone();
    }

    private static void Check(bool isRight, string option, object? value, string use) =>
        BillingConfigurationException.ThrowUnless(isRight, nameof(DynamoSinkOptions), option, value, use);

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]{3,255}\z")]
    private static partial Regex TableNamePattern();
}
