namespace Billing.Sinks.Sqlite;

/// <summary>Options of <see cref="SqliteSink"/>.</summary>
public sealed class SqliteSinkOptions
{
    /// <summary>Whether the file and its tables are created, and older schemas migrated, on first use. Default true.</summary>
    public bool CreateTables { get; set; } = true;

    /// <summary>How long a write waits for another process that writes. Default 30 seconds.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The page cache of a connection in mebibytes, 1 to 4096. Default 8.</summary>
    public int CacheMebibytes { get; set; } = 8;

    /// <summary>The most records whose keys stand in memory before they are sorted into the file.</summary>
    internal int MostUnsorted { get; set; } = KeyIndex.MostUnsorted;

    /// <summary>The most pages of the file, beyond which it is as full as a disk; 0 for SQLite's own limit.</summary>
    internal int MostPages { get; set; }

    /// <summary>A copy that later changes of this do not reach.</summary>
    /// <exception cref="BillingConfigurationException">An option is out of range.</exception>
    internal SqliteSinkOptions Checked()
    {
        if (BusyTimeout < TimeSpan.Zero || BusyTimeout > TimeSpan.FromDays(1))
        {
            throw new BillingConfigurationException($"{nameof(SqliteSinkOptions)}.{nameof(BusyTimeout)} is {BusyTimeout:c}. Use zero to one day.");
        }

        return CacheMebibytes is >= 1 and <= 4096
            ? (SqliteSinkOptions)MemberwiseClone()
            : throw new BillingConfigurationException($"{nameof(SqliteSinkOptions)}.{nameof(CacheMebibytes)} is {CacheMebibytes}. Use 1 to 4096.");
    }
}
