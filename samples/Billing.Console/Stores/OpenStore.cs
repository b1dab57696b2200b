namespace Billing.Console.Stores;

/// <summary>A store that is open for reading.</summary>
internal sealed class OpenStore(IStore place) : IAsyncDisposable
{
    public IBillingStore Store { get; } = place.Open();

    public string Address => place.Address;

    /// <summary>Opens a store and reads a little.</summary>
    /// <returns>Null where only the server could say that nothing is there, and says so.</returns>
    public static async Task<OpenStore?> TryOpenAsync(IStore place, CancellationToken cancellationToken)
    {
        OpenStore open = new(place);
        try
        {
            _ = await open.Store.GetRunsAsync(new PageRequest { PageSize = 1 }, cancellationToken);
            return open;
        }
        catch (StoreMissingException)
        {
            await open.DisposeAsync();
            return null;
        }
        catch
        {
            await open.DisposeAsync();
            throw;
        }
    }

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
