namespace Billing.Sinks.Dynamo.Tests;

public sealed class DynamoKeepTests : KeepSuite<DynamoStore>;
