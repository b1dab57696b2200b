namespace Billing.Sinks.Dynamo.Tests;

public sealed class DynamoQueryTests : QuerySuite<DynamoStore>;
