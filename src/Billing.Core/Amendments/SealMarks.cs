using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Billing.Amendments;

/// <summary>
/// The line of each record and row that a seal covers, and the first eight bytes of its digest: 13 bytes each, in documents beside the seal. They prove nothing. Where something
/// is not as it was sealed, they say what.
/// </summary>
internal sealed class SealMarks
{
    public const string Kind = "sealed";

    private const int Size = 1 + sizeof(uint) + sizeof(ulong);
    private const int MostInDocument = 50_000;

    private readonly List<byte> _bytes = [];

    public int Count => _bytes.Count / Size;

    public void Add(List<SealedItem> items, bool areQuarantined)
    {
        Span<byte> mark = stackalloc byte[Size];
        mark[0] = areQuarantined ? (byte)1 : (byte)0;
        foreach (SealedItem item in items)
        {
            BinaryPrimitives.WriteUInt32BigEndian(mark[1..], (uint)Math.Clamp(item.Line, 0, uint.MaxValue));
            BinaryPrimitives.WriteUInt64BigEndian(mark[(1 + sizeof(uint))..], item.Digest.Prefix);
            _bytes.AddRange(mark);
        }
    }

    /// <summary>Returns the marks, in order.</summary>
    public IEnumerable<SealMark> All()
    {
        for (int at = 0; at < _bytes.Count; at += Size)
        {
            yield return Read(CollectionsMarshal.AsSpan(_bytes).Slice(at, Size));
        }
    }

    public async ValueTask WriteAsync(IAmendableStore store, string id, CancellationToken cancellationToken)
    {
        for (int from = 0, number = 0; from < _bytes.Count; from += MostInDocument * Size, number++)
        {
            byte[] some = CollectionsMarshal.AsSpan(_bytes).Slice(from, Math.Min(MostInDocument * Size, _bytes.Count - from)).ToArray();
            await store.PutDocumentAsync(new LedgerDocument(Kind, FormattableString.Invariant($"{id}/{number:D6}"), some), cancellationToken).ConfigureAwait(false);
        }
    }

    public static async ValueTask<SealMarks> ReadAsync(IAmendableStore store, string id, CancellationToken cancellationToken)
    {
        SealMarks marks = new();
        await foreach (LedgerDocument document in Documents.AllAsync(store, new DocumentQuery { Kind = Kind, IdPrefix = id + "/" }, cancellationToken).ConfigureAwait(false))
        {
            marks._bytes.AddRange(document.Body.Span[..(document.Body.Length / Size * Size)]);
        }

        return marks;
    }

    private static SealMark Read(ReadOnlySpan<byte> mark) =>
        new(mark[0] == 1, BinaryPrimitives.ReadUInt32BigEndian(mark[1..]), BinaryPrimitives.ReadUInt64BigEndian(mark[(1 + sizeof(uint))..]));
}
