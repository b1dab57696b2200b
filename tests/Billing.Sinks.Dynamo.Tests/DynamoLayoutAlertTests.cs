namespace Billing.Sinks.Dynamo.Tests;

public sealed class DynamoLayoutAlertTests : AlertSuite<DynamoLayoutStore>;
