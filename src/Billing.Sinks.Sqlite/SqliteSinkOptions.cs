namespace Billing.Sinks.Sqlite;

/// <summary>Options of <see cref="SqliteSink"/>.</summary>
public sealed class SqliteSinkOptions
{
    /// <summary>Whether the file and its tables are created, and older schemas upgraded, on first use. Default true.</summary>
    public bool CreateTables { get; set; } = true;

    /// <summary>How long a write waits for another process that writes, up to a day. Default 30 seconds.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The size of a connection's page cache in mebibytes, 1 to 4096. Default 8.</summary>
    public int CacheMebibytes { get; set; } = 8;

    /// <summary>The largest number of records whose keys are held in memory before they are sorted into the file.</summary>
    internal int MostUnsorted { get; set; } = KeyIndex.MostUnsorted;

    /// <summary>The largest number of pages of the file; with more it is treated as a full disk. 0 for SQLite's own limit.</summary>
    internal int MostPages { get; set; }

    /// <summary>Returns a checked copy, which later changes to this object do not affect.</summary>
    /// <exception cref="BillingConfigurationException">An option is out of range.</exception>
    internal SqliteSinkOptions Checked()
    {
        BillingConfigurationException.ThrowUnless(BusyTimeout >= TimeSpan.Zero && BusyTimeout <= TimeSpan.FromDays(1), nameof(SqliteSinkOptions), nameof(BusyTimeout), BusyTimeout, "zero to a day");
        BillingConfigurationException.ThrowUnless(CacheMebibytes is >= 1 and <= 4096, nameof(SqliteSinkOptions), nameof(CacheMebibytes), CacheMebibytes, "1 to 4096");
        return (SqliteSinkOptions)MemberwiseClone();
    }
}
