using Billing.Sinks.Postgres.Writing;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Billing.Sinks.Postgres;

/// <summary>A ledger in a PostgreSQL database: Aurora PostgreSQL, or any PostgreSQL 13 or later with the encoding UTF8.</summary>
/// <remarks>Every call uses a connection of its own from the data source; several calls, runs and processes may go at once.</remarks>
public sealed class PostgresSink : SqlStore
{
    /// <summary>A sink for a connection string of Npgsql, such as <c>Host=..;Database=..;Username=..;Password=..;SSL Mode=VerifyFull;Root Certificate=..</c>.</summary>
    /// <exception cref="BillingConfigurationException">An option is wrong, or it is no connection string.</exception>
    public PostgresSink(string connectionString, PostgresSinkOptions? options = null, TimeProvider? timeProvider = null, ILogger<PostgresSink>? logger = null)
        : this(DataSourceOpener.Once(() => NpgsqlDataSource.Create(connectionString)), PostgresAddress.NameOf(connectionString), options, timeProvider, logger)
    {
    }

    /// <summary>A sink for a data source, which stays the caller's to dispose.</summary>
    /// <exception cref="BillingConfigurationException">An option is wrong.</exception>
    public PostgresSink(NpgsqlDataSource dataSource, PostgresSinkOptions? options = null, TimeProvider? timeProvider = null, ILogger<PostgresSink>? logger = null)
        : this(DataSourceOpener.Given(dataSource), PostgresAddress.NameOf(dataSource.ConnectionString), options, timeProvider, logger)
    {
    }

    private PostgresSink(DataSourceOpener source, string name, PostgresSinkOptions? options, TimeProvider? timeProvider, ILogger? logger)
        : base(ServerParts.Of(options, PostgresDialect.Instance, own => new PostgresEngine(own), (schema, _) => new CopyWriter(schema), source, name, timeProvider, logger))
    {
    }
}
