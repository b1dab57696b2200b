using System.Buffers;
using System.Buffers.Binary;
using Billing.Fingerprints;
using Microsoft.Win32.SafeHandles;

namespace Billing.Occurrences;

/// <summary>Writes a <see cref="SpilledRun"/> to a temporary file that is deleted when it is closed, even if the process is killed.</summary>
internal sealed class SpilledRunWriter : IDisposable
{
    private const int BufferSize = SpilledRun.BlockSize * 14;

    private readonly SafeFileHandle _file;
    private readonly ulong[] _firstOfBlock;
    private readonly BloomFilter _filter;
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private long _count;
    private long _written;
    private int _buffered;
    private bool _completed;

    /// <param name="folder">The folder for the file.</param>
    /// <param name="capacity">The maximum number of digests that will be added.</param>
    /// <exception cref="IOException">The folder cannot take the file.</exception>
    public SpilledRunWriter(string folder, long capacity, BloomBlocks blocks)
    {
        _firstOfBlock = new ulong[(capacity + SpilledRun.EntriesPerBlock - 1) / SpilledRun.EntriesPerBlock];
        _filter = new BloomFilter(capacity, blocks);
        _file = TemporaryFile.Open(folder);
    }

    /// <summary>Adds a digest, larger than the one before.</summary>
    public void Add(in Sha256Digest key, int count)
    {
        if (_count % SpilledRun.EntriesPerBlock == 0)
        {
            _firstOfBlock[_count / SpilledRun.EntriesPerBlock] = key.Prefix;
        }

        if (_buffered == BufferSize)
        {
            Flush();
        }

        Span<byte> entry = _buffer.AsSpan(_buffered, SpilledRun.EntrySize);
        key.CopyTo(entry);
        BinaryPrimitives.WriteInt32BigEndian(entry[Sha256Digest.Size..], count);
        _buffered += SpilledRun.EntrySize;
        _filter.Add(key);
        _count++;
    }

    /// <summary>Writes the rest and returns the run.</summary>
    public SpilledRun Complete()
    {
        Flush();
        _completed = true;
        return new SpilledRun(_file, _count, _firstOfBlock, _filter);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        if (!_completed)
        {
            _file.Dispose();
        }
    }

    private void Flush()
    {
        RandomAccess.Write(_file, _buffer.AsSpan(0, _buffered), _written);
        _written += _buffered;
        _buffered = 0;
    }
}
