namespace Billing.Sinks.Aurora;

/// <summary>Options of an <see cref="ExpenseBackup"/>.</summary>
public sealed class ExpenseBackupOptions
{
    /// <summary>How many records are read and written at once, 1 to 10,000. Default 500.</summary>
    public int PageSize { get; set; } = 500;

    /// <summary>Whether a ledger without any record may empty a backup that has some. Default false: that is more likely a ledger that is not the right one.</summary>
    public bool AllowEmptySource { get; set; }

    /// <summary>How the database is used. By its <see cref="Sql.SqlSinkOptions.CreateTables"/> the tables are created; before their names stands its <see cref="Sql.SqlSinkOptions.TablePrefix"/>, empty by default here.</summary>
    public AuroraSinkOptions Database { get; } = new() { TablePrefix = "" };
}
