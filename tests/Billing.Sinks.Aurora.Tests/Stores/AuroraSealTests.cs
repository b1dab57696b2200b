namespace Billing.Sinks.Aurora.Tests.Stores;

public sealed class AuroraSealTests : SealSuite<AuroraStore>;
