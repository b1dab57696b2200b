using Billing.Sinks.Aurora.Writing;
using Microsoft.Extensions.Logging;
using MySqlConnector;

namespace Billing.Sinks.Aurora;

/// <summary>A store in Aurora MySQL, MySQL 8 or 9, or MariaDB, through MySqlConnector.</summary>
/// <remarks>
/// Several runs, instances and processes may use one database at once. Transient errors are retried with growing
/// pauses. When a method returns, its work is committed.
/// </remarks>
public sealed class AuroraSink : SqlStore
{
    /// <summary>Creates a sink for a connection string of MySqlConnector. Adds <c>AllowLoadLocalInfile</c> unless the string states it: the driver then sends rows, but no file that a server asks for.</summary>
    /// <exception cref="BillingConfigurationException">An option or the connection string is invalid.</exception>
    public AuroraSink(string connectionString, AuroraSinkOptions? options = null, TimeProvider? timeProvider = null, ILogger<AuroraSink>? logger = null)
        : this(Opened(MySqlAddress.Parse(connectionString)), MySqlAddress.NameOf(connectionString), options, timeProvider, logger)
    {
    }

    /// <summary>Creates a sink for a data source, which the caller disposes. Rows are loaded the fast way only if its connection string has <c>AllowLoadLocalInfile=true</c>.</summary>
    /// <exception cref="BillingConfigurationException">An option is invalid.</exception>
    public AuroraSink(MySqlDataSource dataSource, AuroraSinkOptions? options = null, TimeProvider? timeProvider = null, ILogger<AuroraSink>? logger = null)
        : this(DataSourceOpener.Given(dataSource), MySqlAddress.NameOf(dataSource.ConnectionString), options, timeProvider, logger)
    {
    }

    /// <summary>
    /// Creates a sink whose credentials change: <paramref name="open"/> is called on first use, and again when the server denies
    /// access, to get the current credentials. The sink disposes the data sources that it returns.
    /// </summary>
    /// <exception cref="BillingConfigurationException">An option is invalid.</exception>
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
