namespace Billing.Sinks.Aurora.Tests.Stores;

public sealed class AuroraKeepTests : KeepSuite<AuroraStore>;
