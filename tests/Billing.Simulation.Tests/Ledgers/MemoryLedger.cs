namespace Billing.Simulation.Tests.Ledgers;

/// <summary>A ledger in memory. A process that ends leaves it as it is.</summary>
internal sealed class MemoryLedger(TimeProvider time, Func<IMigratableStore, IMigratableStore>? wrap = null) : ILedger
{
    private readonly IMigratableStore _store = wrap is null ? new MemorySink(time) : wrap(new MemorySink(time));

    public IMigratableStore Open(int place) => _store;

    public ValueTask RestartAsync() => ValueTask.CompletedTask;

    public void Copy(int torn)
    {
    }

    public void NoteLog()
    {
    }

    public void Occupy()
    {
    }

    public bool Remove(RecordKey key) => false;

    public bool SetAmount(RecordKey key, string amount) => false;

    public string? FindDamage() => null;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
