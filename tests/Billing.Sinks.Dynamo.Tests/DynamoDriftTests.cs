namespace Billing.Sinks.Dynamo.Tests;

public sealed class DynamoDriftTests : DriftSuite<DynamoStore>;
