namespace Billing.Sinks.Aurora.Tests.Stores;

public sealed class AuroraInfileAmendTests : AmendSuite<AuroraInfileStore>;
