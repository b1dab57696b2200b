namespace Billing.Sources;

/// <summary>A stream that can be read once.</summary>
internal sealed class StreamSource(string name, Stream stream) : IBillingSource
{
    private int _opened;

    public string Name => name;

    public long? Length => stream.CanSeek ? stream.Length - stream.Position : null;

    public ValueTask<Stream> OpenAsync(CancellationToken cancellationToken) =>
        Interlocked.Exchange(ref _opened, 1) == 0
            ? new(stream)
            : throw new InvalidOperationException($"The stream of '{name}' was read already. Create a new source for every run.");
}
