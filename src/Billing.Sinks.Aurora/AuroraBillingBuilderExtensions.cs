using Billing.Hosting.Settings;
using Billing.Sinks.Aurora;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MySqlConnector;

namespace Billing;

/// <summary>Adds the Aurora MySQL ledger to a pipeline.</summary>
public static class AuroraBillingBuilderExtensions
{
    /// <summary>Adds a MySQL database by the <see cref="MySqlDataSource"/> that the application has registered.</summary>
    /// <exception cref="BillingConfigurationException">An option is wrong.</exception>
    public static BillingBuilder AddAuroraSink(this BillingBuilder billing, Action<AuroraSinkOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(billing);
        return Add(billing, Registered, configure);
    }

    /// <summary>Adds a MySQL database by a connection string of MySqlConnector, such as <c>Server=..;Database=..;User ID=..;Password=..;SslMode=VerifyFull;SslCa=..</c>.</summary>
    /// <exception cref="BillingConfigurationException">An option is wrong, or it is no connection string.</exception>
    public static BillingBuilder AddAuroraSink(this BillingBuilder billing, string connectionString, Action<AuroraSinkOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(billing);
        _ = MySqlAddress.Parse(connectionString);
        return Add(billing, configure, (services, options) => new AuroraSink(connectionString, options, Time(services), Logger(services)));
    }

    /// <summary>Adds a MySQL database by a data source, which stays the caller's to dispose.</summary>
    /// <exception cref="BillingConfigurationException">An option is wrong.</exception>
    public static BillingBuilder AddAuroraSink(this BillingBuilder billing, MySqlDataSource dataSource, Action<AuroraSinkOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(billing);
        ArgumentNullException.ThrowIfNull(dataSource);
        return Add(billing, _ => dataSource, configure);
    }

    /// <summary>
    /// Adds a MySQL database whose credentials change: <paramref name="open"/> is called on first use, and again when the
    /// server denies access, with what a secret store then says. The sink disposes what it gives.
    /// </summary>
    /// <exception cref="BillingConfigurationException">An option is wrong.</exception>
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
    /// Adds a MySQL database by settings: <c>ConnectionString</c>, without which it is the <see cref="MySqlDataSource"/> that the application has registered,
    /// and the options of <see cref="AuroraSinkOptions"/> by their names.
    /// </summary>
    /// <exception cref="BillingConfigurationException">A setting is unknown or wrong.</exception>
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
        ?? throw new BillingConfigurationException("AddAuroraSink found no MySqlDataSource among the services. Register one (services.AddMySqlDataSource does), or give AddAuroraSink a data source or a connection string.");

    private static TimeProvider? Time(IServiceProvider services) => services.GetService<TimeProvider>();

    private static ILogger<AuroraSink>? Logger(IServiceProvider services) => services.GetService<ILogger<AuroraSink>>();
}
