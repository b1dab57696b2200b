namespace Billing.Sinks.Dynamo.Tests;

public sealed class DynamoUndoTests : UndoSuite<DynamoStore>
{
    protected override int Step => 4;
}
