namespace Billing.Sinks.Sql.Connections;

/// <summary>Adds the sinks of servers to pipelines.</summary>
internal static class SqlSinkRegistration
{
    /// <summary>The settings that all of them have, and their own.</summary>
    public static string[] Settings(params ReadOnlySpan<string> own) =>
    [
        "Kind", "ConnectionString", nameof(SqlSinkOptions.CreateTables), nameof(SqlSinkOptions.TablePrefix), .. own, nameof(SqlSinkOptions.Concurrency),
        nameof(SqlSinkOptions.RequireTls), nameof(SqlSinkOptions.MaxAttempts), nameof(SqlSinkOptions.MaxRetryDelay), nameof(SqlSinkOptions.CommandTimeout),
    ];

    /// <summary>Adds a sink that is made when the pipeline is, with options that are checked now.</summary>
    /// <exception cref="BillingConfigurationException">An option is invalid.</exception>
    public static BillingBuilder Add<TOptions>(BillingBuilder billing, Action<TOptions>? configure, Func<IServiceProvider, TOptions, SqlStore> sink)
        where TOptions : SqlSinkOptions, new()
    {
        ArgumentNullException.ThrowIfNull(billing);
        TOptions options = new();
        configure?.Invoke(options);
        TOptions checkedOptions = options.Checked<TOptions>();
        return billing.AddSink(services => sink(services, checkedOptions));
    }
}
