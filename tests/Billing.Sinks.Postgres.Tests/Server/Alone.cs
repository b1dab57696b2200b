namespace Billing.Sinks.Postgres.Tests.Server;

/// <summary>Tests that stop servers: they run when no others do.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
