using System.Reflection;

namespace Billing.Hosting.Tests.Surface;

/// <summary>Everything public that waits can be cancelled, and nobody has to say that he does not.</summary>
public sealed class TokenTests
{
    [Fact]
    public void Every_asynchronous_method_takes_a_token_last_and_by_default_none()
    {
        MethodInfo[] methods = [.. Packages.All
            .SelectMany(assembly => assembly.GetExportedTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => Waits(method.ReturnType) && method.Name != nameof(IAsyncDisposable.DisposeAsync))];
        Assert.True(methods.Length > 80, $"Only {methods.Length} methods are seen.");
        string[] wrong = [.. methods
            .Where(method => method.GetParameters() is not [.., { ParameterType: var last, HasDefaultValue: true }] || last != typeof(CancellationToken))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}")];
        Assert.Empty(wrong);
    }

    private static bool Waits(Type type) => type == typeof(Task) || type == typeof(ValueTask)
        || (type.IsGenericType && (type.GetGenericTypeDefinition() is var generic && (generic == typeof(Task<>) || generic == typeof(ValueTask<>) || generic == typeof(IAsyncEnumerable<>))));
}
