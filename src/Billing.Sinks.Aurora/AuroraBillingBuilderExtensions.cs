using System.Data.Common;
using Billing.Sinks.Aurora;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Billing;

/// <summary>Adds the Aurora MySQL ledger to a pipeline.</summary>
public static class AuroraBillingBuilderExtensions
{
    /// <summary>Adds a MySQL database by the <see cref="DbDataSource"/> that the application has registered.</summary>
    /// <exception cref="BillingConfigurationException">An option is wrong.</exception>
    public static BillingBuilder AddAuroraSink(this BillingBuilder billing, Action<AuroraSinkOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(billing);
        return Add(billing, Registered, configure);
    }

    /// <summary>Adds a MySQL database by a data source of its driver, which stays the caller's to dispose.</summary>
    /// <exception cref="BillingConfigurationException">An option is wrong.</exception>
    public static BillingBuilder AddAuroraSink(this BillingBuilder billing, DbDataSource dataSource, Action<AuroraSinkOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(billing);
        ArgumentNullException.ThrowIfNull(dataSource);
        return Add(billing, _ => dataSource, configure);
    }

    /// <summary>
    /// Adds a MySQL database whose credentials change: <paramref name="open"/> is called on first use, and again when the
    /// server denies access, with what a secret store then says.
    /// </summary>
    /// <exception cref="BillingConfigurationException">An option is wrong.</exception>
    public static BillingBuilder AddAuroraSink(
        this BillingBuilder billing,
        Func<IServiceProvider, CancellationToken, ValueTask<DbDataSource>> open,
        Action<AuroraSinkOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(billing);
        ArgumentNullException.ThrowIfNull(open);
        AuroraSinkOptions options = Options(configure);
        return billing.AddSink(services => new AuroraSink(cancellationToken => open(services, cancellationToken), options, Time(services), Logger(services)));
    }

    private static BillingBuilder Add(BillingBuilder billing, Func<IServiceProvider, DbDataSource> dataSource, Action<AuroraSinkOptions>? configure)
    {
        AuroraSinkOptions options = Options(configure);
        return billing.AddSink(services => new AuroraSink(dataSource(services), options, Time(services), Logger(services)));
    }

    private static AuroraSinkOptions Options(Action<AuroraSinkOptions>? configure)
    {
        AuroraSinkOptions options = new();
        configure?.Invoke(options);
        return options.Checked();
    }

    private static DbDataSource Registered(IServiceProvider services) => services.GetService<DbDataSource>()
        ?? throw new BillingConfigurationException("AddAuroraSink found no DbDataSource among the services. Register one (AddMySqlDataSource of MySqlConnector does), or give one to AddAuroraSink.");

    private static TimeProvider? Time(IServiceProvider services) => services.GetService<TimeProvider>();

    private static ILogger<AuroraSink>? Logger(IServiceProvider services) => services.GetService<ILogger<AuroraSink>>();
}
