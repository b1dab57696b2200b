namespace Billing.Sinks.Aurora.Tests.Stores;

[Trait("Server", "once")]
public sealed class AuroraInfileAmendTests : AmendSuite<AuroraInfileStore>;
