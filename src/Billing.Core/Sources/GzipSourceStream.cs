using System.IO.Compression;

namespace Billing.Sources;

/// <summary>Decompresses gzip of any number of members, and throws if the data is damaged, cut off or followed by other bytes.</summary>
internal sealed class GzipSourceStream(string sourceName, Stream compressed)
    : ReadOnlyStream(new GZipStream(new SuffixedStream(compressed, GzipEndMarker.Member), CompressionMode.Decompress))
{
    private const int BlockBytes = 64 * 1024;

    // Decompressed bytes; the last ones are held back until more come, since they may be the end marker.
    private readonly byte[] _held = new byte[BlockBytes];
    private int _from;
    private int _to;
    private bool _ended;

    public override int Read(Span<byte> buffer)
    {
        while (!_ended && Ready == 0)
        {
            MakeRoom();
            int read;
            try
            {
                read = Inner.Read(_held.AsSpan(_to));
            }
            catch (InvalidDataException damage)
            {
                throw Damaged(damage);
            }

            Take(read);
        }

        return Give(buffer);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!_ended && Ready == 0)
        {
            MakeRoom();
            int read;
            try
            {
                read = await Inner.ReadAsync(_held.AsMemory(_to), cancellationToken).ConfigureAwait(false);
            }
            catch (InvalidDataException damage)
            {
                throw Damaged(damage);
            }

            Take(read);
        }

        return Give(buffer.Span);
    }

    private int Ready => Math.Max(0, _to - _from - GzipEndMarker.Content.Length);

    private void MakeRoom()
    {
        _held.AsSpan(_from, _to - _from).CopyTo(_held);
        _to -= _from;
        _from = 0;
    }

    private void Take(int read)
    {
        _to += read;
        if (read > 0)
        {
            return;
        }

        if (!_held.AsSpan(_from, _to - _from).SequenceEqual(GzipEndMarker.Content))
        {
            throw Damaged(null);
        }

        _ended = true;
    }

    private int Give(Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, Ready);
        _held.AsSpan(_from, count).CopyTo(buffer);
        _from += count;
        return count;
    }

    private InvalidDataException Damaged(Exception? cause) =>
        new($"{sourceName}: the gzip data is damaged, cut off, or followed by other bytes. Fetch the file again, and check its size against the sender's.", cause);
}
