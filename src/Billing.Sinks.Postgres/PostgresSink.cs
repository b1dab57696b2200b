using Billing.Sinks.Postgres.Writing;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Billing.Sinks.Postgres;

/// <summary>A store in a PostgreSQL database: Aurora PostgreSQL, or any PostgreSQL 13 or later with the encoding UTF8.</summary>
/// <remarks>Every call uses its own connection from the data source. Several calls, runs and processes may run at once.</remarks>
public sealed class PostgresSink : SqlStore
{
    /// <summary>Creates a sink for a connection string of Npgsql, such as <c>Host=..;Database=..;Username=..;Password=..;SSL Mode=VerifyFull;Root Certificate=..</c>.</summary>
    /// <exception cref="BillingConfigurationException">An option or the connection string is invalid.</exception>
    public PostgresSink(string connectionString, PostgresSinkOptions? options = null, TimeProvider? timeProvider = null, ILogger<PostgresSink>? logger = null)
        : this(DataSourceOpener.Once(() => NpgsqlDataSource.Create(connectionString)), PostgresAddress.NameOf(connectionString), options, timeProvider, logger)
    {
    }

    /// <summary>Creates a sink for a data source, which the caller disposes.</summary>
    /// <exception cref="BillingConfigurationException">An option is invalid.</exception>
    public PostgresSink(NpgsqlDataSource dataSource, PostgresSinkOptions? options = null, TimeProvider? timeProvider = null, ILogger<PostgresSink>? logger = null)
        : this(DataSourceOpener.Given(dataSource), PostgresAddress.NameOf(dataSource.ConnectionString), options, timeProvider, logger)
    {
    }

    private PostgresSink(DataSourceOpener source, string name, PostgresSinkOptions? options, TimeProvider? timeProvider, ILogger? logger)
        : base(ServerParts.Of(options, PostgresDialect.Instance, own => new PostgresEngine(own), (schema, _) => new CopyWriter(schema), source, name, timeProvider, logger))
    {
    }
}
