namespace Billing.Sinks.Dynamo.Tests;

public sealed class DynamoLayoutMonthTests : MonthSuite<DynamoLayoutStore>;
