using Billing.Sinks.Sql;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Billing.Sinks.Postgres;

/// <summary>A ledger in a PostgreSQL database: Aurora PostgreSQL, or any PostgreSQL 13 or later with the encoding UTF8.</summary>
/// <remarks>Every call uses a connection of its own from the data source; several calls, runs and processes may go at once.</remarks>
public sealed class PostgresSink : SqlStore
{
    /// <summary>A sink for a connection string of Npgsql, such as <c>Host=..;Database=..;Username=..;Password=..;SSL Mode=VerifyFull;Root Certificate=..</c>.</summary>
    /// <exception cref="BillingConfigurationException">An option is wrong, or it is no connection string.</exception>
    public PostgresSink(string connectionString, PostgresSinkOptions? options = null, TimeProvider? timeProvider = null, ILogger<PostgresSink>? logger = null)
        : this(PostgresAddress.Opened(connectionString), owns: true, PostgresAddress.NameOf(connectionString), options, timeProvider, logger)
    {
    }

    /// <summary>A sink for a data source, which stays the caller's to dispose.</summary>
    /// <exception cref="BillingConfigurationException">An option is wrong.</exception>
    public PostgresSink(NpgsqlDataSource dataSource, PostgresSinkOptions? options = null, TimeProvider? timeProvider = null, ILogger<PostgresSink>? logger = null)
        : this(PostgresAddress.Given(dataSource), owns: false, PostgresAddress.NameOf(dataSource.ConnectionString), options, timeProvider, logger)
    {
    }

    private PostgresSink(Func<CancellationToken, ValueTask<NpgsqlDataSource>> open, bool owns, string name, PostgresSinkOptions? options, TimeProvider? timeProvider, ILogger? logger)
        : this((options ?? new PostgresSinkOptions()).Checked(), open, owns, name, timeProvider ?? TimeProvider.System, logger ?? NullLogger.Instance)
    {
    }

    private PostgresSink(PostgresSinkOptions options, Func<CancellationToken, ValueTask<NpgsqlDataSource>> open, bool owns, string name, TimeProvider time, ILogger logger)
        : this(open, owns, name, options, new SqlSchema(PostgresDialect.Instance, options.TablePrefix), time, logger)
    {
    }

    private PostgresSink(Func<CancellationToken, ValueTask<NpgsqlDataSource>> open, bool owns, string name, PostgresSinkOptions options, SqlSchema schema, TimeProvider time, ILogger logger)
        : base(name, PostgresEngine.Database(open, owns, options, schema, name, time, logger), schema, new RecordWriter(schema), options.Concurrency, time)
    {
    }
}
