namespace Billing.Sinks.Aurora.Tests.Stores;

public sealed class AuroraInfileMonthTests : MonthSuite<AuroraInfileStore>;
