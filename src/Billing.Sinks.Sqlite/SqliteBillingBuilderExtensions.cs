using Billing.Sinks.Sqlite;

namespace Billing;

/// <summary>Adds the SQLite ledger to a pipeline.</summary>
public static class SqliteBillingBuilderExtensions
{
    /// <summary>Adds a SQLite file by a connection string of Microsoft.Data.Sqlite, such as <c>Data Source=billing.db</c>. The file is opened at the first use.</summary>
    /// <exception cref="BillingConfigurationException">The connection string or an option is wrong.</exception>
    public static BillingBuilder AddSqliteSink(this BillingBuilder billing, string connectionString, Action<SqliteSinkOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(billing);
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        SqliteSinkOptions options = new();
        configure?.Invoke(options);
        // Wrong settings fail here, not at the first run.
        _ = new SqliteDatabase(connectionString, options);
        return billing.AddSink(_ => new SqliteSink(connectionString, options));
    }
}
