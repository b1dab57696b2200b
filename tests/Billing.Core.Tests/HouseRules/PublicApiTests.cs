using System.Reflection;

namespace Billing.Core.Tests.HouseRules;

public sealed class PublicApiTests
{
    [Fact]
    public void The_public_API_is_the_approved_one() =>
        Assert.Null(Golden.Difference(Repository.PathTo("src", "Billing.Core", "PublicApi.approved.txt"), PublicApi.Describe(typeof(BillingPipeline).Assembly)));

    [Fact]
    public void Public_asynchronous_methods_take_a_cancellation_token_last()
    {
        string[] wrong = [.. typeof(BillingPipeline).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => typeof(Task).IsAssignableFrom(method.ReturnType) || method.ReturnType.Name.StartsWith("ValueTask", StringComparison.Ordinal))
            .Where(method => method.Name != nameof(IAsyncDisposable.DisposeAsync))
            .Where(method => method.GetParameters().LastOrDefault()?.ParameterType != typeof(CancellationToken))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}")];
        Assert.Empty(wrong);
    }
}
