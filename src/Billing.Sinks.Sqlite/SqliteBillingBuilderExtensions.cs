using Billing.Hosting.Settings;
using Billing.Sinks.Sqlite;
using Microsoft.Extensions.Configuration;

namespace Billing;

/// <summary>Adds SQLite to a pipeline.</summary>
public static class SqliteBillingBuilderExtensions
{
    /// <summary>Adds a SQLite file with a connection string of Microsoft.Data.Sqlite, such as <c>Data Source=billing.db</c>.</summary>
    /// <exception cref="BillingConfigurationException">The connection string or an option is invalid.</exception>
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

    /// <summary>Adds a SQLite file from settings: <c>ConnectionString</c>, and the options of <see cref="SqliteSinkOptions"/> under their names.</summary>
    /// <exception cref="BillingConfigurationException">A setting is missing, unknown or invalid.</exception>
    public static BillingBuilder AddSqliteSink(this BillingBuilder billing, IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        SettingsSection.Check(
            settings, "Kind", "ConnectionString", nameof(SqliteSinkOptions.CreateTables), nameof(SqliteSinkOptions.BusyTimeout), nameof(SqliteSinkOptions.CacheMebibytes));
        return billing.AddSqliteSink(
            SettingsSection.Required(settings, "ConnectionString", "a connection string, such as Data Source=billing.db"),
            options => SettingsSection.Bind(() => settings.Bind(options)));
    }
}
