namespace Billing.Sinks.Dynamo.Tests;

public sealed class DynamoLayoutEraseTests : EraseSuite<DynamoLayoutStore>;
