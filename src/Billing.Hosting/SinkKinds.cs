using Microsoft.Extensions.Configuration;

namespace Billing.Hosting;

/// <summary>
/// The kinds of sinks that the settings of an application may name. Each is added by a line of code, since code decides which packages
/// an application depends on; its settings say which of them a deployment uses, and where.
/// </summary>
public sealed class SinkKinds
{
    private readonly Dictionary<string, Func<BillingBuilder, IConfiguration, BillingBuilder>> _kinds = new(StringComparer.OrdinalIgnoreCase);

    internal SinkKinds()
    {
    }

    /// <summary>The names, in order.</summary>
    internal string Names => string.Join(", ", _kinds.Keys.Order(StringComparer.OrdinalIgnoreCase));

    /// <summary>Adds a kind, such as <c>sinks.Add("Sqlite", (billing, sink) => billing.AddSqliteSink(sink))</c>.</summary>
    /// <param name="kind">The value of <c>Kind</c> in the settings of a sink, in any letter case.</param>
    /// <param name="add">Adds the sink from its section of the settings, in which <c>Kind</c> is one of the keys.</param>
    /// <exception cref="BillingConfigurationException">The kind is blank, or there already.</exception>
    public SinkKinds Add(string kind, Func<BillingBuilder, IConfiguration, BillingBuilder> add)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(add);
        BillingConfigurationException.ThrowUnless(!string.IsNullOrWhiteSpace(kind), nameof(SinkKinds), nameof(kind), kind, "a name, such as Sqlite");
        BillingConfigurationException.ThrowUnless(_kinds.TryAdd(kind, add), nameof(SinkKinds), nameof(kind), kind, "each kind once");
        return this;
    }

    internal Func<BillingBuilder, IConfiguration, BillingBuilder>? Find(string? kind) => kind is null ? null : _kinds.GetValueOrDefault(kind);
}
