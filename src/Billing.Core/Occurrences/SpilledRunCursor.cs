using System.Buffers;
using Billing.Fingerprints;

namespace Billing.Occurrences;

/// <summary>Reads a <see cref="SpilledRun"/> in order.</summary>
internal sealed class SpilledRunCursor(SpilledRun run) : IDisposable
{
    private const int BufferSize = SpilledRun.BlockSize * 14;

    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private long _read;
    private int _length;
    private int _position;

    public Sha256Digest Key { get; private set; }

    public int Count { get; private set; }

    /// <summary>Moves to the next entry.</summary>
    /// <returns>False at the end.</returns>
    public bool MoveNext()
    {
        if (_position == _length)
        {
            _length = run.ReadEntries(_read, _buffer.AsSpan(0, BufferSize)).Length;
            _read += _length / SpilledRun.EntrySize;
            _position = 0;
            if (_length == 0)
            {
                return false;
            }
        }

        ReadOnlySpan<byte> entry = _buffer.AsSpan(_position, SpilledRun.EntrySize);
        Key = SpilledRun.KeyOf(entry);
        Count = SpilledRun.CountOf(entry);
        _position += SpilledRun.EntrySize;
        return true;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);
}
