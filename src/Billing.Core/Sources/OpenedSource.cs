namespace Billing.Sources;

/// <summary>An open source: its bytes as they came, counted and hashed, and its content.</summary>
internal sealed class OpenedSource(HashingStream bytes, Stream content) : IAsyncDisposable
{
    /// <summary>The bytes as they came. To hash the whole source also where the reader stopped before the end, drain it.</summary>
    public HashingStream Bytes => bytes;

    /// <summary>The decompressed content.</summary>
    public Stream Content => content;

    public ValueTask DisposeAsync() => content.DisposeAsync();
}
