namespace Billing.Sinks.Aurora.Tests.Stores;

public sealed class AuroraInfileKillTests : KillSuite<AuroraInfileStore>;
