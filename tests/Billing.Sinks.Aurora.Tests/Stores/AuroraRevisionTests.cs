namespace Billing.Sinks.Aurora.Tests.Stores;

public sealed class AuroraRevisionTests : RevisionSuite<AuroraStore>;
