namespace Billing.Sinks.Dynamo.Tests;

public sealed class DynamoUndoTests : UndoSuite<DynamoStore>;
