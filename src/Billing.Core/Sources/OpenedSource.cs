namespace Billing.Sources;

/// <summary>An open source: its bytes as received, counted and hashed, and its content.</summary>
internal sealed class OpenedSource(HashingStream bytes, Stream content) : IAsyncDisposable
{
    /// <summary>The bytes as received. Drain the stream to hash the whole source even if the reader stopped before the end.</summary>
    public HashingStream Bytes => bytes;

    /// <summary>The decompressed content.</summary>
    public Stream Content => content;

    public ValueTask DisposeAsync() => content.DisposeAsync();
}
