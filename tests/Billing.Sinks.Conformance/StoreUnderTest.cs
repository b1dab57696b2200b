namespace Billing.Sinks.Conformance;

/// <summary>One new store, disposed when the test ends. Derive it where a store needs nothing around it.</summary>
public abstract class StoreUnderTest(IBillingStore store) : IStoreUnderTest
{
    public IBillingStore Connect() => store;

    public async ValueTask DisposeAsync()
    {
        if (store is IAsyncDisposable asyncDisposable)
        {
            await asyncDisposable.DisposeAsync();
        }
        else
        {
            (store as IDisposable)?.Dispose();
        }

        GC.SuppressFinalize(this);
    }
}
