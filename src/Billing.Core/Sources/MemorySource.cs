using System.Runtime.InteropServices;

namespace Billing.Sources;

/// <summary>Bytes in memory.</summary>
internal sealed class MemorySource(string name, ReadOnlyMemory<byte> bytes) : IBillingSource
{
    public string Name => name;

    public long? Length => bytes.Length;

    public ValueTask<Stream> OpenAsync(CancellationToken cancellationToken) =>
        new(MemoryMarshal.TryGetArray(bytes, out ArraySegment<byte> segment)
            ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false));
}
