namespace Billing.Sinks.Dynamo.Tests;

public sealed class DynamoEraseTests : EraseSuite<DynamoStore>;
