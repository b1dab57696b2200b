namespace Billing.Sinks.Aurora.Tests.Stores;

public sealed class AuroraInfileEraseTests : EraseSuite<AuroraInfileStore>;
