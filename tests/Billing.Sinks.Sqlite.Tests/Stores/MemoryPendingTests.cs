namespace Billing.Sinks.Sqlite.Tests.Stores;

[Trait("Culture", "independent")]
public sealed class MemoryPendingTests : PendingSuite<MemoryStore>
{
    protected override int Streams => 1_000;
}
