namespace Billing.Sinks.Aurora.Tests.Stores;

public sealed class AuroraQueryTests : QuerySuite<AuroraStore>;
