using System.Text.RegularExpressions;

namespace Billing.Sinks.Dynamo;

/// <summary>Options of <see cref="DynamoSink"/>.</summary>
public sealed partial class DynamoSinkOptions
{
    /// <summary>The table of the records. Default <c>billing</c>.</summary>
    public string TableName { get; set; } = "billing";

    /// <summary>How a record is written where the table is not Billing's own; null for Billing's own table. Default null.</summary>
    public DynamoItemLayout? Layout { get; set; }

    /// <summary>
    /// The table of runs and quarantine. Default null: the table of the records without a <see cref="Layout"/>,
    /// and with one that table's name followed by <c>-billing</c>.
    /// </summary>
    public string? LedgerTableName { get; set; }

    /// <summary>Whether tables that are not there are created, billed on demand. Default false: an error shows what to create.</summary>
    public bool CreateTables { get; set; }

    /// <summary>
    /// How many records one transaction writes, 1 to 100. Default 10, which old releases of DynamoDB Local take, too.
    /// With 1 each record is a conditional put: half the write capacity of a transaction, more requests.
    /// </summary>
    public int RecordsPerTransaction { get; set; } = 10;

    /// <summary>How many requests are under way at once, 1 to 256. Default 8.</summary>
    public int Concurrency { get; set; } = 8;

    /// <summary>How often a request is tried that fails for what may pass, such as throttling, 1 to 100. Default 12. Tries that got something done do not count.</summary>
    public int MaxAttempts { get; set; } = 12;

    /// <summary>The longest wait between two tries, 1 millisecond to 5 minutes; each wait is random, up to twice the last. Default 5 seconds.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(5);

    internal string LedgerTable => LedgerTableName ?? (Layout is null ? TableName : TableName + "-billing");

    /// <summary>A copy that later changes of this do not reach.</summary>
    /// <exception cref="BillingConfigurationException">An option is wrong.</exception>
    internal DynamoSinkOptions Checked()
    {
        Check(TableNamePattern().IsMatch(TableName ?? ""), nameof(TableName), TableName, "3 to 255 letters, digits, '_', '-' or '.'");
        Check(TableNamePattern().IsMatch(LedgerTable), nameof(LedgerTableName), LedgerTable, "3 to 255 letters, digits, '_', '-' or '.'");
        Check(Layout is null || LedgerTable != TableName, nameof(LedgerTableName), LedgerTable, "another table than that of the records, whose layout has no place for runs");
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
