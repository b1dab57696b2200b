using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Billing.Runs;

/// <summary>
/// Counts records whose id came before in the source with other content, where records are told apart by content: the id column may be what tells them apart.
/// A hint, for which every row pays (counting exactly cost a seventh of the time of a whole run): ids are known by 64 bits of a hash, and of a very
/// large source the first ones are remembered.
/// </summary>
internal sealed class RepeatedIds : IRowWatch
{
    /// <summary>How many ids are remembered: 3 MB.</summary>
    public const int MostIds = 1 << 17;

    // The golden ratio, as 64 bits: odd, and without a pattern.
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;

    private readonly HashSet<ulong> _ids = [];
    private long _rows;
    private RecordSource _first;

    /// <inheritdoc/>
    public string? Warning => _rows == 0
        ? null
        : FormattableString.Invariant($"{_rows} {(_rows == 1 ? "row has an id that an earlier row has" : "rows have an id that an earlier row has")} with other content, first on line {_first.Line}; records are told apart by their content, so all are stored. If an id names one record, use the identity columns: and the name of the id column; a second one is then a conflict");

    /// <inheritdoc/>
    public void Note(BillingRecord record)
    {
        if (record.SourceId is not { Length: > 0 } id)
        {
            return;
        }

        ulong hash = Hash(record.Scope, id);
        bool cameBefore = _ids.Count < MostIds ? !_ids.Add(hash) : _ids.Contains(hash);

        // The content came before, too: it is a repeat, and counted as one.
        if (cameBefore && record.Occurrence == 1 && _rows++ == 0)
        {
            _first = record.Source;
        }
    }

    private static ulong Hash(string? scope, string id) => Hash(scope is null ? 0 : Hash(1, scope), id);

    // Multiply and fold, eight bytes at a time: a hash of the framework has 32 bits, in which half a million ids would meet, or is made against attackers.
    private static ulong Hash(ulong seed, string text)
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(text.AsSpan());
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
