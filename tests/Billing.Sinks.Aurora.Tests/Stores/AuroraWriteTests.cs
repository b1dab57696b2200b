namespace Billing.Sinks.Aurora.Tests.Stores;

public sealed class AuroraWriteTests : WriteSuite<AuroraStore>;
