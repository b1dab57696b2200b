namespace Billing.Sinks.Dynamo.Tests;

public sealed class DynamoPendingTests : PendingSuite<DynamoStore>;
