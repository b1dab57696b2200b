namespace Billing.Lambda.Expenses;

/// <summary>Options of an <see cref="ExpenseBackup"/>.</summary>
internal sealed class ExpenseBackupOptions
{
    /// <summary>How many records are read and written at once. Default 500.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>Whether a ledger without any record may empty a backup that has some. Default false: that is more likely a ledger that is not the right one.</summary>
    public bool AllowEmptySource { get; init; }

    /// <summary>Whether the tables are created where they are not there. Default false: without them, the first call fails and shows the SQL.</summary>
    public bool CreateTables { get; init; }
}
