namespace Billing.Sinks.Aurora.Tests.Stores;

public sealed class AuroraInfileWriteTests : WriteSuite<AuroraInfileStore>;
