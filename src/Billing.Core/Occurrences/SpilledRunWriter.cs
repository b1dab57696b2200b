using System.Buffers;
using System.Buffers.Binary;
using Billing.Fingerprints;
using Microsoft.Win32.SafeHandles;

namespace Billing.Occurrences;

/// <summary>Writes a <see cref="SpilledRun"/> to a temporary file that is gone when it is closed, also when the process is killed.</summary>
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

    /// <param name="folder">Where the file goes.</param>
    /// <param name="capacity">The largest number of digests that will be added.</param>
    /// <exception cref="IOException">The folder cannot take the file.</exception>
    public SpilledRunWriter(string folder, long capacity, BloomBlocks blocks)
    {
        _firstOfBlock = new ulong[(capacity + SpilledRun.EntriesPerBlock - 1) / SpilledRun.EntriesPerBlock];
        _filter = new BloomFilter(capacity, blocks);
        string path = Path.Combine(folder, $"billing-{Guid.NewGuid():N}.tmp");
        _file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.DeleteOnClose);
        if (!OperatingSystem.IsWindows())
        {
            // Windows deletes on close whoever closes; elsewhere only a file without a name leaves nothing when the process is killed.
            File.Delete(path);
        }
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

    /// <summary>Writes what is left and hands the run over.</summary>
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
