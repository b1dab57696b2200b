namespace Billing.Sinks.Dynamo.Tests;

public sealed class DynamoLayoutDriftTests : DriftSuite<DynamoLayoutStore>;
