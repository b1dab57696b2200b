using Billing.Hosting.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Billing;

/// <summary>Adds health checks for stores.</summary>
public static class HostingHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check of the stores of a pipeline: each answers, its tables exist, and its records have the current canonical form and are in the reporting currency.
    /// It checks what a run requires (<see cref="BillingPipeline.CheckStoresAsync"/>), and reads one run of each store. Its data names each store, with <c>ok</c> or the type of the error;
    /// messages, which may name hosts, are in the description and the exception.
    /// </summary>
    /// <param name="checks">The health checks of the application.</param>
    /// <param name="pipeline">The name of the pipeline. Default null: the default pipeline.</param>
    /// <param name="name">The name of the check. Default null: <c>billing</c>, or <c>billing:</c> and the name of the pipeline if it has one.</param>
    /// <param name="failureStatus">What is reported if a run could not begin. Default null: <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">Tags, such as <c>ready</c>. Default none.</param>
    /// <param name="timeout">How long the check may take. Default 10 seconds.</param>
    public static IHealthChecksBuilder AddBillingStores(
        this IHealthChecksBuilder checks,
        string? pipeline = null,
        string? name = null,
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null,
        TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(checks);
        return checks.Add(new HealthCheckRegistration(
            name ?? (pipeline is null ? "billing" : "billing:" + pipeline),
            services => new StoresHealthCheck(pipeline is null ? services.GetRequiredService<BillingPipeline>() : services.GetRequiredKeyedService<BillingPipeline>(pipeline)),
            failureStatus,
            tags,
            timeout ?? TimeSpan.FromSeconds(10)));
    }
}
