using System.Buffers.Binary;
using System.Text;
using Billing.Rows;

namespace Billing.Runs;

/// <summary>
/// Counts records whose id came before in the source with other content, if records are identified by content: the id column may be the better identity.
/// It is only a hint, and every row pays for it (counting exactly took a seventh of the time of a whole run): ids are known by 64 bits of a hash, and in a very
/// large source only the first ones are remembered.
/// </summary>
internal sealed class RepeatedIds : IRowWatch
{
    /// <summary>The maximum number of ids that are remembered, in 3 MB.</summary>
    public const int MostIds = 1 << 17;

    // The golden ratio, as 64 bits: odd, and without a pattern.
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;

    private readonly HashedIds _ids = new(MostIds);
    private readonly ulong[] _hashes = new ulong[BatchRows.AtOnce];
    private long _rows;
    private RecordSource _first;

    /// <inheritdoc/>
    public string? Warning => _rows == 0
        ? null
        : FormattableString.Invariant($"{_rows} {(_rows == 1 ? "row has the id of an earlier row" : "rows have the id of an earlier row")} but other content, first on line {_first.Line}; records are identified by their content, so all are stored. If an id names one record, use the identity columns: with the name of the id column; a second row with the same id is then a conflict");

    /// <inheritdoc/>
    public void Note(ReadOnlySpan<PendingRecord> records)
    {
        for (; records.Length > BatchRows.AtOnce; records = records[BatchRows.AtOnce..])
        {
            NoteSome(records[..BatchRows.AtOnce]);
        }

        NoteSome(records);
    }

    private void NoteSome(ReadOnlySpan<PendingRecord> records)
    {
        for (int i = 0; i < records.Length; i++)
        {
            _hashes[i] = records[i].Row.SourceIdText.IsNull ? 0 : Hash(records[i].Scope, records[i].Row);
        }

        _ids.Prepare(_hashes.AsSpan(0, records.Length));
        for (int i = 0; i < records.Length; i++)
        {
            bool cameBefore = !records[i].Row.SourceIdText.IsNull && !_ids.Add(_hashes[i]);

            // If the content came before too, the record is a repeat and counts as one.
            if (cameBefore && records[i].Occurrence == 1 && _rows++ == 0)
            {
                _first = records[i].Source;
            }
        }
    }

    private static ulong Hash(string? scope, ParsedRow row)
    {
        ulong seed = scope is null ? 0 : Hash(1, Encoding.UTF8.GetBytes(scope));
        return Hash(seed, row.SourceIdText.IsUtf8 ? row.SourceIdText.In(row.Block!) : Encoding.UTF8.GetBytes(row.SourceId!));
    }

    // Multiply and fold, eight bytes at a time: a hash of the framework has 32 bits, in which half a million ids would collide, or is hardened against attackers.
    private static ulong Hash(ulong seed, ReadOnlySpan<byte> bytes)
    {
        ulong hash = seed ^ (ulong)bytes.Length;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            hash = Fold(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        ulong rest = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            rest |= (ulong)bytes[i] << (8 * i);
        }

        return Fold(hash ^ rest);
    }

    private static ulong Fold(ulong value)
    {
        ulong high = Math.BigMul(value, Multiplier, out ulong low);
        return high ^ low;
    }
}
