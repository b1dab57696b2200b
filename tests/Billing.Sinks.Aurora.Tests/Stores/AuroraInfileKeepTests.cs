namespace Billing.Sinks.Aurora.Tests.Stores;

public sealed class AuroraInfileKeepTests : KeepSuite<AuroraInfileStore>;
