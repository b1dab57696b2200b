namespace Billing.Lambda.Expenses;

/// <summary>Options of <see cref="ExpenseBackup"/>.</summary>
internal sealed class ExpenseBackupOptions
{
    /// <summary>How many records are read and written at once. Default 500.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>Whether an empty store may empty a backup that has records. Default false: an empty store is more likely the wrong one.</summary>
    public bool AllowEmptySource { get; init; }

    /// <summary>Whether the tables are created where they are not there. Default false: without them, the first call fails and shows the SQL.</summary>
    public bool CreateTables { get; init; }
}
