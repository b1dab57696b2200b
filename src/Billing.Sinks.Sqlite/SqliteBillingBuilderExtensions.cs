using Billing.Sinks.Sqlite;

namespace Billing;

/// <summary>Adds the SQLite ledger to a pipeline.</summary>
public static class SqliteBillingBuilderExtensions
{
    /// <summary>Adds a SQLite file by a connection string of Microsoft.Data.Sqlite, such as <c>Data Source=billing.db</c>.</summary>
    /// <exception cref="BillingConfigurationException">The connection string or an option is wrong.</exception>
    public static BillingBuilder AddSqliteSink(this BillingBuilder billing, string connectionString, Action<SqliteSinkOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(billing);
        SqliteSinkOptions options = new();
        configure?.Invoke(options);
        SqliteLocation location = SqliteLocation.Parse(connectionString);
        SqliteSinkOptions checkedOptions = options.Checked();
        return billing.AddSink(services =>
            new SqliteSink(location, checkedOptions, services.GetService(typeof(TimeProvider)) as TimeProvider, SqliteSchema.Scripts));
    }
}
