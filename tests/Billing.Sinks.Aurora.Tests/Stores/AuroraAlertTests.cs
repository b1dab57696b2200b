namespace Billing.Sinks.Aurora.Tests.Stores;

public sealed class AuroraAlertTests : AlertSuite<AuroraStore>;
