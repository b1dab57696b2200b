namespace Billing.Sinks.Aurora.Tests.Stores;

public sealed class AuroraKillTests : KillSuite<AuroraStore>;
