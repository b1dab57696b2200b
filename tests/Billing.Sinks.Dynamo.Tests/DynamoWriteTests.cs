namespace Billing.Sinks.Dynamo.Tests;

public sealed class DynamoWriteTests : WriteSuite<DynamoStore>;
