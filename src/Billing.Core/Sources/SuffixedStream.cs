namespace Billing.Sources;

/// <summary>A stream followed by some more bytes.</summary>
internal sealed class SuffixedStream(Stream first, ReadOnlyMemory<byte> suffix) : ReadOnlyStream(first)
{
    private ReadOnlyMemory<byte> _suffix = suffix;
    private bool _firstEnded;

    public override int Read(Span<byte> buffer)
    {
        if (!_firstEnded)
        {
            int read = Inner.Read(buffer);
            if (read > 0 || buffer.IsEmpty)
            {
                return read;
            }

            _firstEnded = true;
        }

        return TakeSuffix(buffer);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_firstEnded)
        {
            int read = await Inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (read > 0 || buffer.IsEmpty)
            {
                return read;
            }

            _firstEnded = true;
        }

        return TakeSuffix(buffer.Span);
    }

    private int TakeSuffix(Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, _suffix.Length);
        _suffix.Span[..count].CopyTo(buffer);
        _suffix = _suffix[count..];
        return count;
    }
}
