namespace Billing.Sinks.Sqlite;

/// <summary>Options of <see cref="SqliteSink"/>.</summary>
public sealed class SqliteSinkOptions
{
    /// <summary>Whether the file and its tables are created, and older schemas migrated, on first use. Default true.</summary>
    public bool CreateSchema { get; set; } = true;

    /// <summary>How long a write waits for another process that writes, up to one hour. Default 30 seconds.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The page cache of a connection in mebibytes, 1 to 4096. Default 32.</summary>
    public int CacheMebibytes { get; set; } = 32;

    internal void Validate()
    {
        if (BusyTimeout < TimeSpan.Zero || BusyTimeout > TimeSpan.FromHours(1))
        {
            throw new BillingConfigurationException($"A BusyTimeout of {BusyTimeout} is not possible. Use zero to one hour.");
        }

        if (CacheMebibytes is < 1 or > 4096)
        {
            throw new BillingConfigurationException($"A cache of {CacheMebibytes} MiB is not possible. Use 1 to 4096.");
        }
    }
}
