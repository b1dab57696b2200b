namespace Billing.Sinks.Dynamo.Tests;

public sealed class DynamoLayoutAmendTests : AmendSuite<DynamoLayoutStore>;
