namespace Billing.Sinks.Aurora.Tests.Stores;

public sealed class AuroraInfileQueryTests : QuerySuite<AuroraInfileStore>;
