namespace Billing.Sinks.Aurora.Tests.Stores;

[Trait("Server", "once")]
public sealed class AuroraMigrationTests : MigrationSuite<AuroraStore>;
