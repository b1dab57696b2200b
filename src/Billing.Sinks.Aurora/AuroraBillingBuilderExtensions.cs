using Billing.Hosting.Settings;
using Billing.Sinks.Aurora;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MySqlConnector;

namespace Billing;

/// <summary>Adds Aurora MySQL to a pipeline.</summary>
public static class AuroraBillingBuilderExtensions
{
    /// <summary>Adds a MySQL database through the <see cref="MySqlDataSource"/> that the application has registered.</summary>
    /// <exception cref="BillingConfigurationException">An option is invalid.</exception>
    public static BillingBuilder AddAuroraSink(this BillingBuilder billing, Action<AuroraSinkOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(billing);
        return Add(billing, Registered, configure);
    }

    /// <summary>Adds a MySQL database with a connection string of MySqlConnector, such as <c>Server=..;Database=..;User ID=..;Password=..;SslMode=VerifyFull;SslCa=..</c>.</summary>
    /// <exception cref="BillingConfigurationException">An option or the connection string is invalid.</exception>
    public static BillingBuilder AddAuroraSink(this BillingBuilder billing, string connectionString, Action<AuroraSinkOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(billing);
        _ = MySqlAddress.Parse(connectionString);
        return Add(billing, configure, (services, options) => new AuroraSink(connectionString, options, Time(services), Logger(services)));
    }

    /// <summary>Adds a MySQL database through a data source, which the caller disposes.</summary>
    /// <exception cref="BillingConfigurationException">An option is invalid.</exception>
    public static BillingBuilder AddAuroraSink(this BillingBuilder billing, MySqlDataSource dataSource, Action<AuroraSinkOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(billing);
        ArgumentNullException.ThrowIfNull(dataSource);
        return Add(billing, _ => dataSource, configure);
    }

    /// <summary>
    /// Adds a MySQL database whose credentials change: <paramref name="open"/> is called on first use, and again when the
    /// server denies access, to get the current credentials. The sink disposes the data sources that it returns.
    /// </summary>
    /// <exception cref="BillingConfigurationException">An option is invalid.</exception>
    public static BillingBuilder AddAuroraSink(
        this BillingBuilder billing,
        Func<IServiceProvider, CancellationToken, ValueTask<MySqlDataSource>> open,
        Action<AuroraSinkOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(billing);
        ArgumentNullException.ThrowIfNull(open);
        return Add(billing, configure, (services, options) => new AuroraSink(cancellationToken => open(services, cancellationToken), options, Time(services), Logger(services)));
    }

    /// <summary>
    /// Adds a MySQL database from settings: <c>ConnectionString</c> (without it, the <see cref="MySqlDataSource"/> that the application has registered),
    /// and the options of <see cref="AuroraSinkOptions"/> under their names.
    /// </summary>
    /// <exception cref="BillingConfigurationException">A setting is unknown or invalid.</exception>
    public static BillingBuilder AddAuroraSink(this BillingBuilder billing, IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        SettingsSection.Check(settings, SqlSinkRegistration.Settings(nameof(AuroraSinkOptions.UseLocalInfile)));
        return settings["ConnectionString"] is { } connectionString ? billing.AddAuroraSink(connectionString, Bind) : billing.AddAuroraSink(Bind);

        void Bind(AuroraSinkOptions options) => SettingsSection.Bind(() => settings.Bind(options));
    }

    private static BillingBuilder Add(BillingBuilder billing, Func<IServiceProvider, MySqlDataSource> dataSource, Action<AuroraSinkOptions>? configure) =>
        Add(billing, configure, (services, options) => new AuroraSink(dataSource(services), options, Time(services), Logger(services)));

    private static BillingBuilder Add(BillingBuilder billing, Action<AuroraSinkOptions>? configure, Func<IServiceProvider, AuroraSinkOptions, AuroraSink> sink) =>
        SqlSinkRegistration.Add(billing, configure, sink);

    private static MySqlDataSource Registered(IServiceProvider services) => services.GetService<MySqlDataSource>()
        ?? throw new BillingConfigurationException("AddAuroraSink found no MySqlDataSource among the services. Register one with services.AddMySqlDataSource, or pass a data source or a connection string to AddAuroraSink.");

    private static TimeProvider? Time(IServiceProvider services) => services.GetService<TimeProvider>();

    private static ILogger<AuroraSink>? Logger(IServiceProvider services) => services.GetService<ILogger<AuroraSink>>();
}
