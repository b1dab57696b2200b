namespace Billing.Sinks.Dynamo.Tests;

public sealed class DynamoPendingTests : PendingSuite<DynamoStore>
{
    protected override int Streams => 2;
}
