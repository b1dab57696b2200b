namespace Billing.Sinks.Dynamo.Tests;

public sealed class DynamoMonthTests : MonthSuite<DynamoStore>;
