namespace Billing.Sinks.Dynamo.Tests;

public sealed class DynamoRevisionTests : RevisionSuite<DynamoStore>;
