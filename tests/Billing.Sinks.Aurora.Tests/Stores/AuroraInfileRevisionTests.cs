namespace Billing.Sinks.Aurora.Tests.Stores;

public sealed class AuroraInfileRevisionTests : RevisionSuite<AuroraInfileStore>;
