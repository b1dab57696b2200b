using Billing.Hosting.Settings;
using Billing.Sinks.Postgres;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Billing;

/// <summary>Adds PostgreSQL to a pipeline.</summary>
public static class PostgresBillingBuilderExtensions
{
    /// <summary>Adds a PostgreSQL database through the <see cref="NpgsqlDataSource"/> that the application has registered.</summary>
    /// <exception cref="BillingConfigurationException">An option is invalid.</exception>
    public static BillingBuilder AddPostgresSink(this BillingBuilder billing, Action<PostgresSinkOptions>? configure = null) => Add(
        billing,
        services => services.GetService<NpgsqlDataSource>()
            ?? throw new BillingConfigurationException("AddPostgresSink found no NpgsqlDataSource among the services. Register one, or pass a data source or a connection string to AddPostgresSink."),
        configure);

    /// <summary>Adds a PostgreSQL database with a connection string of Npgsql, such as <c>Host=..;Database=..;Username=..;Password=..;SSL Mode=VerifyFull;Root Certificate=..</c>.</summary>
    /// <exception cref="BillingConfigurationException">An option or the connection string is invalid.</exception>
    public static BillingBuilder AddPostgresSink(this BillingBuilder billing, string connectionString, Action<PostgresSinkOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(billing);
        ArgumentNullException.ThrowIfNull(connectionString);
        _ = PostgresAddress.NameOf(connectionString);
        return SqlSinkRegistration.Add<PostgresSinkOptions>(
            billing, configure, (services, options) => new PostgresSink(connectionString, options, services.GetService<TimeProvider>(), services.GetService<ILogger<PostgresSink>>()));
    }

    /// <summary>Adds a PostgreSQL database through a data source, which the caller disposes.</summary>
    /// <exception cref="BillingConfigurationException">An option is invalid.</exception>
    public static BillingBuilder AddPostgresSink(this BillingBuilder billing, NpgsqlDataSource dataSource, Action<PostgresSinkOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return Add(billing, _ => dataSource, configure);
    }

    /// <summary>
    /// Adds a PostgreSQL database from settings: <c>ConnectionString</c> (without it, the <see cref="NpgsqlDataSource"/> that the application has registered),
    /// and the options of <see cref="PostgresSinkOptions"/> under their names.
    /// </summary>
    /// <exception cref="BillingConfigurationException">A setting is unknown or invalid.</exception>
    public static BillingBuilder AddPostgresSink(this BillingBuilder billing, IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        SettingsSection.Check(settings, SqlSinkRegistration.Settings());
        return settings["ConnectionString"] is { } connectionString ? billing.AddPostgresSink(connectionString, Bind) : billing.AddPostgresSink(Bind);

        void Bind(PostgresSinkOptions options) => SettingsSection.Bind(() => settings.Bind(options));
    }

    private static BillingBuilder Add(BillingBuilder billing, Func<IServiceProvider, NpgsqlDataSource> dataSource, Action<PostgresSinkOptions>? configure) =>
        SqlSinkRegistration.Add<PostgresSinkOptions>(
            billing, configure, (services, options) => new PostgresSink(dataSource(services), options, services.GetService<TimeProvider>(), services.GetService<ILogger<PostgresSink>>()));
}
