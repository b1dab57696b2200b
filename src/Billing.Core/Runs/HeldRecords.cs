using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Billing.Fingerprints;
using Billing.Occurrences;
using Microsoft.Win32.SafeHandles;

namespace Billing.Runs;

/// <summary>What a dry run would have stored, by key, in bounded memory: keys in an <see cref="OccurrenceCounter"/>, which gives each the number of its entry; the entries in memory up to a limit, then in a temporary file. Not thread-safe.</summary>
/// <remarks>Names of sources and ids of runs stay in memory, each pair once. The finalizer of the file's handle deletes the file of what nobody uses any more.</remarks>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A pipeline for dry runs lives as long as somebody uses it; the handles of its files close them.")]
internal sealed class HeldRecords(int tableLimit, int bufferLimit, string folder)
{
    // 6 MB, and as much again while it is sorted into a file.
    private const int DefaultTableLimit = 1 << 17;
    private const int DefaultBufferLimit = 1 << 20;

    // Fingerprint, origin, line, byte offset.
    private const int EntrySize = Sha256Digest.Size + sizeof(int) + (2 * sizeof(long));

    private readonly OccurrenceCounter _numbers = new(tableLimit, folder);
    private readonly Dictionary<(string Source, string RunId), int> _originNumbers = [];
    private readonly List<(string Source, string RunId)> _origins = [];
    private byte[] _buffer = [];
    private int _buffered;
    private long _written;
    private int _count;
    private SafeFileHandle? _file;

    public HeldRecords()
        : this(DefaultTableLimit, DefaultBufferLimit, Path.GetTempPath())
    {
    }

    /// <summary>Keeps a record under a key that has none.</summary>
    /// <returns>The record that the key has had, or null.</returns>
    /// <exception cref="IOException">The temporary folder cannot take what does not fit in memory.</exception>
    public HeldRecord? TryAdd(RecordKey key, HeldRecord record)
    {
        // What can fail comes first: a key never has the number of an entry that is not there.
        MakeRoom();
        int number = _numbers.TryAdd(key.Digest, checked(_count + 1));
        if (number > 0)
        {
            return Read(number);
        }

        Append(record);
        _count++;
        return null;
    }

    /// <summary>The record of a key, or null.</summary>
    public HeldRecord? Find(RecordKey key) => _numbers.Find(key.Digest) is > 0 and var number ? Read(number) : null;

    private void MakeRoom()
    {
        if (_buffered + EntrySize > bufferLimit)
        {
            _file ??= TemporaryFile.Open(folder);
            RandomAccess.Write(_file, _buffer.AsSpan(0, _buffered), _written);
            _written += _buffered;
            _buffered = 0;
        }

        if (_buffered + EntrySize > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Min(bufferLimit, Math.Max(EntrySize, 2 * _buffer.Length)));
        }
    }

    private void Append(HeldRecord record)
    {
        Span<byte> entry = _buffer.AsSpan(_buffered, EntrySize);
        record.Fingerprint.CopyTo(entry);
        BinaryPrimitives.WriteInt32LittleEndian(entry[Sha256Digest.Size..], OriginOf(record));
        BinaryPrimitives.WriteInt64LittleEndian(entry[(Sha256Digest.Size + sizeof(int))..], record.Source.Line);
        BinaryPrimitives.WriteInt64LittleEndian(entry[(Sha256Digest.Size + sizeof(int) + sizeof(long))..], record.Source.ByteOffset);
        _buffered += EntrySize;
    }

    private HeldRecord Read(int number)
    {
        Span<byte> entry = stackalloc byte[EntrySize];
        long at = (long)(number - 1) * EntrySize;
        if (at >= _written)
        {
            _buffer.AsSpan((int)(at - _written), EntrySize).CopyTo(entry);
        }
        else
        {
            for (int read = 0; read < EntrySize;)
            {
                int got = RandomAccess.Read(_file!, entry[read..], at + read);
                read += got > 0 ? got : throw new IOException("The temporary file of a dry run is shorter than it was when it was written. Another process may have cut it; run again.");
            }
        }

        (string source, string runId) = _origins[BinaryPrimitives.ReadInt32LittleEndian(entry[Sha256Digest.Size..])];
        return new HeldRecord(
            new Fingerprint(entry[..Sha256Digest.Size]),
            new RecordSource(
                source,
                BinaryPrimitives.ReadInt64LittleEndian(entry[(Sha256Digest.Size + sizeof(int))..]),
                BinaryPrimitives.ReadInt64LittleEndian(entry[(Sha256Digest.Size + sizeof(int) + sizeof(long))..])),
            runId);
    }

    private int OriginOf(HeldRecord record)
    {
        (string Source, string RunId) origin = (record.Source.Name, record.RunId);
        if (_origins.Count > 0 && _origins[^1] == origin)
        {
            // That of the row before, in most sources.
            return _origins.Count - 1;
        }

        if (!_originNumbers.TryGetValue(origin, out int number))
        {
            _originNumbers.Add(origin, number = _origins.Count);
            _origins.Add(origin);
        }

        return number;
    }
}
