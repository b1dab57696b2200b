namespace Billing.Sinks.Aurora.Tests.Server;

/// <summary>Tests that look at, or set, what all share: they run when no others do.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
