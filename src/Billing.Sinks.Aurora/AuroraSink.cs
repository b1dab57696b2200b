using Billing.Sinks.Sql;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
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
        : this(Opened(MySqlAddress.Parse(connectionString)), owns: true, MySqlAddress.NameOf(connectionString), options, timeProvider, logger)
    {
    }

    /// <summary>A sink for a data source, which stays the caller's to dispose. Rows go the fast way only where its connection string has <c>AllowLoadLocalInfile=true</c>.</summary>
    /// <exception cref="BillingConfigurationException">An option is wrong.</exception>
    public AuroraSink(MySqlDataSource dataSource, AuroraSinkOptions? options = null, TimeProvider? timeProvider = null, ILogger<AuroraSink>? logger = null)
        : this(_ => ValueTask.FromResult(dataSource), owns: false, MySqlAddress.NameOf(NotNull(dataSource).ConnectionString), options, timeProvider, logger)
    {
    }

    /// <summary>
    /// A sink whose credentials change: <paramref name="open"/> is called on first use, and again when the server denies
    /// access, with what a secret store then says. The sink disposes what it gives.
    /// </summary>
    /// <exception cref="BillingConfigurationException">An option is wrong.</exception>
    public AuroraSink(
        Func<CancellationToken, ValueTask<MySqlDataSource>> open, AuroraSinkOptions? options = null, TimeProvider? timeProvider = null, ILogger<AuroraSink>? logger = null)
        : this(open, owns: true, MySqlAddress.Unknown, options, timeProvider, logger)
    {
    }

    private AuroraSink(Func<CancellationToken, ValueTask<MySqlDataSource>> open, bool owns, string name, AuroraSinkOptions? options, TimeProvider? timeProvider, ILogger<AuroraSink>? logger)
        : this(NotNull(open), owns, name, (options ?? new AuroraSinkOptions()).Checked(), timeProvider ?? TimeProvider.System, (ILogger?)logger ?? NullLogger.Instance)
    {
    }

    private AuroraSink(Func<CancellationToken, ValueTask<MySqlDataSource>> open, bool owns, string name, AuroraSinkOptions options, TimeProvider time, ILogger logger)
        : this(open, owns, name, options, new SqlSchema(AuroraDialect.Instance, options.TablePrefix), time, logger)
    {
    }

    private AuroraSink(Func<CancellationToken, ValueTask<MySqlDataSource>> open, bool owns, string name, AuroraSinkOptions options, SqlSchema schema, TimeProvider time, ILogger logger)
        : base(
            name,
            AuroraEngine.Database(open, owns, options, schema.Tables, name, time, logger),
            schema,
            new RecordWriter(schema, options.FewestRowsForBulk),
            options.Concurrency,
            time)
    {
    }

    private static Func<CancellationToken, ValueTask<MySqlDataSource>> NotNull(Func<CancellationToken, ValueTask<MySqlDataSource>> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        return open;
    }

    // Opened on first use, and only once.
    private static Func<CancellationToken, ValueTask<MySqlDataSource>> Opened(string connectionString)
    {
        MySqlDataSource? source = null;
        return _ => ValueTask.FromResult(source ??= new MySqlDataSource(connectionString));
    }

    private static MySqlDataSource NotNull(MySqlDataSource dataSource)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return dataSource;
    }
}
