namespace Billing.Sinks.Dynamo.Tests;

public sealed class DynamoAmendTests : AmendSuite<DynamoStore>;
