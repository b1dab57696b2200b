using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Billing.Sinks.Sql.Connections;

/// <summary>What a store on a server is made of.</summary>
internal sealed class ServerParts
{
    /// <summary>The name, as reports call the store.</summary>
    public required string Name { get; init; }

    public required ServerDialect Dialect { get; init; }

    public required SqlSchema Schema { get; init; }

    public required ServerDatabase Database { get; init; }

    public required IRecordWriter Writer { get; init; }

    public required int Concurrency { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Puts the parts together.</summary>
    /// <exception cref="BillingConfigurationException">An option is invalid.</exception>
    public static ServerParts Of<TOptions>(
        TOptions? options,
        ServerDialect dialect,
        Func<TOptions, SqlEngine> engine,
        Func<SqlSchema, TOptions, IRecordWriter> writer,
        DataSourceOpener source,
        string name,
        TimeProvider? time,
        ILogger? logger)
        where TOptions : SqlSinkOptions, new()
    {
        TOptions checkedOptions = (options ?? new TOptions()).Checked<TOptions>();
        SqlSchema schema = new(dialect, checkedOptions.TablePrefix);
        TimeProvider clock = time ?? TimeProvider.System;
        return new ServerParts
        {
            Name = name,
            Dialect = dialect,
            Schema = schema,
            Database = new ServerDatabase(source, engine(checkedOptions), new SqlTables(dialect, schema.Tables, typeof(TOptions).Name), name, clock, logger ?? NullLogger.Instance),
            Writer = writer(schema, checkedOptions),
            Concurrency = checkedOptions.Concurrency,
            Time = clock,
        };
    }
}
