namespace Billing.Console.Stores;

/// <summary>Keeps nothing beyond the command: to try a layout.</summary>
internal sealed class MemoryStore : IStore
{
    public string Address => "memory:";

    public bool Exists => false;

    public bool IsKept => false;

    public void AddTo(BillingBuilder billing) => billing.AddSink(new MemorySink());

    public IBillingStore Open() => throw new InvalidOperationException("A store in memory is empty when the command begins.");
}
