using Billing.Sinks.Aurora.Writing;
using Microsoft.Extensions.Logging;
using MySqlConnector;

namespace Billing.Sinks.Aurora;

/// <summary>A ledger in Aurora MySQL, MySQL 8 or 9, or MariaDB, by MySqlConnector.</summary>
/// <remarks>
/// Several runs, instances and processes may use one database at once. Errors that may pass are tried again, with growing
/// pauses; whatever returns is committed.
/// </remarks>
public sealed class AuroraSink : SqlStore
{
    /// <summary>A sink for a connection string of MySqlConnector. It gets <c>AllowLoadLocalInfile</c>, unless it states that itself: the driver then sends rows, and no file that a server asks for.</summary>
    /// <exception cref="BillingConfigurationException">An option is wrong, or it is no connection string.</exception>
    public AuroraSink(string connectionString, AuroraSinkOptions? options = null, TimeProvider? timeProvider = null, ILogger<AuroraSink>? logger = null)
        : this(Opened(MySqlAddress.Parse(connectionString)), MySqlAddress.NameOf(connectionString), options, timeProvider, logger)
    {
    }

    /// <summary>A sink for a data source, which stays the caller's to dispose. Rows go the fast way only where its connection string has <c>AllowLoadLocalInfile=true</c>.</summary>
    /// <exception cref="BillingConfigurationException">An option is wrong.</exception>
    public AuroraSink(MySqlDataSource dataSource, AuroraSinkOptions? options = null, TimeProvider? timeProvider = null, ILogger<AuroraSink>? logger = null)
        : this(DataSourceOpener.Given(dataSource), MySqlAddress.NameOf(dataSource.ConnectionString), options, timeProvider, logger)
    {
    }

    /// <summary>
    /// A sink whose credentials change: <paramref name="open"/> is called on first use, and again when the server denies
    /// access, with what a secret store then says. The sink disposes what it gives.
    /// </summary>
    /// <exception cref="BillingConfigurationException">An option is wrong.</exception>
    public AuroraSink(
        Func<CancellationToken, ValueTask<MySqlDataSource>> open, AuroraSinkOptions? options = null, TimeProvider? timeProvider = null, ILogger<AuroraSink>? logger = null)
        : this(DataSourceOpener.Renewed(open), MySqlAddress.Unknown, options, timeProvider, logger)
    {
    }

    private AuroraSink(DataSourceOpener source, string name, AuroraSinkOptions? options, TimeProvider? timeProvider, ILogger? logger)
        : base(ServerParts.Of(
            options,
            AuroraDialect.Instance,
            own => new AuroraEngine(own),
            (schema, own) => new LoadWriter(schema, own.FewestRowsForBulk),
            source,
            name,
            timeProvider,
            logger))
    {
    }

    private static DataSourceOpener Opened(string connectionString) => DataSourceOpener.Once(() => new MySqlDataSource(connectionString));
}
