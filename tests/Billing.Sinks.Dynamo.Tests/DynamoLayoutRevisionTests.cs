namespace Billing.Sinks.Dynamo.Tests;

public sealed class DynamoLayoutRevisionTests : RevisionSuite<DynamoLayoutStore>;
