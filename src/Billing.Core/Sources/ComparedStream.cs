using System.Globalization;

namespace Billing.Sources;

/// <summary>Gives out a stream block by block, each once it is known to have the same bytes as an earlier reading.</summary>
internal sealed class ComparedStream(string sourceName, Stream inner, BlockDigests digests) : ReadOnlyStream(inner)
{
    private readonly byte[] _block = new byte[Math.Min(BlockDigests.BlockBytes, digests.Length + 1)];
    private ReadOnlyMemory<byte> _rest;
    private int _blocks;
    private long _read;

    /// <exception cref="IOException">The bytes are not those of the earlier reading.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (_rest.IsEmpty && !buffer.IsEmpty)
        {
            Compare(Inner.ReadAtLeast(_block, _block.Length, throwOnEndOfStream: false));
        }

        return Give(buffer);
    }

    /// <exception cref="IOException">As for <see cref="Read(Span{byte})"/>.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_rest.IsEmpty && !buffer.IsEmpty)
        {
            Compare(await Inner.ReadAtLeastAsync(_block, _block.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false));
        }

        return Give(buffer.Span);
    }

    private int Give(Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, _rest.Length);
        _rest.Span[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    private void Compare(int count)
    {
        if (count == 0 ? _read < digests.Length : !digests.IsSame(_blocks, _block.AsSpan(0, count)))
        {
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"{sourceName} changed while it was read: from byte {_read} on, it does not have the bytes whose totals were compared. Nothing from there on is stored."));
        }

        _read += count;
        _blocks++;
        _rest = _block.AsMemory(0, count);
    }
}
