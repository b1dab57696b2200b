namespace Billing.Console.Stores;

/// <summary>A store that is open for reading.</summary>
internal sealed class OpenStore(IStore place) : IAsyncDisposable
{
    public IBillingStore Store { get; } = place.Open();

    public string Address => place.Address;

    public async ValueTask DisposeAsync()
    {
        if (Store is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
        else
        {
            (Store as IDisposable)?.Dispose();
        }
    }
}
