namespace Billing.Sinks.Aurora.Tests.Stores;

public sealed class AuroraAmendTests : AmendSuite<AuroraStore>;
