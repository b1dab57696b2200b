namespace Billing.Sinks.Aurora.Tests.Stores;

public sealed class AuroraEraseTests : EraseSuite<AuroraStore>;
