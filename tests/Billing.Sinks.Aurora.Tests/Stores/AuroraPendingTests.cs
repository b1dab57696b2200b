namespace Billing.Sinks.Aurora.Tests.Stores;

public sealed class AuroraPendingTests : PendingSuite<AuroraStore>;
