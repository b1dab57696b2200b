namespace Billing.Sinks.Aurora.Tests.Stores;

public sealed class AuroraMigrationTests : MigrationSuite<AuroraStore>;
