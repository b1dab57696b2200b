namespace Billing.Sinks.Aurora.Tests.Stores;

public sealed class AuroraMonthTests : MonthSuite<AuroraStore>;
