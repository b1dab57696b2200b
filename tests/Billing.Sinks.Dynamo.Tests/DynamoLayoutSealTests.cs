namespace Billing.Sinks.Dynamo.Tests;

public sealed class DynamoLayoutSealTests : SealSuite<DynamoLayoutStore>;
