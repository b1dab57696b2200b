namespace Billing.Sinks.Dynamo.Tests;

public sealed class DynamoAlertTests : AlertSuite<DynamoStore>;
