namespace Billing.Sinks.Dynamo.Tests;

public sealed class DynamoSealTests : SealSuite<DynamoStore>;
