using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Billing.Amendments;

/// <summary>
/// The line of each record and row that a seal covers, and the first eight bytes of its digest: 13 bytes each. They prove nothing. Where something is not as it was sealed, they
/// say what. A few are kept in the document of the seal, many in documents beside it.
/// </summary>
internal sealed class SealMarks
{
    public const string Kind = "sealed";

    private const int Size = 1 + sizeof(uint) + sizeof(ulong);
    private const int MostInDocument = 50_000;

    // The runs of messages have so many; a document of their own would cost them a write.
    private const int MostInSeal = 64;

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

    /// <summary>The marks, if the document of the seal keeps them; else nothing.</summary>
    public ReadOnlySpan<byte> InSeal => Count <= MostInSeal ? CollectionsMarshal.AsSpan(_bytes) : [];

    /// <summary>Writes the documents of the marks, unless the seal keeps them.</summary>
    public async ValueTask WriteAsync(IAmendableStore store, string id, CancellationToken cancellationToken)
    {
        for (int from = 0, number = 0; Count > MostInSeal && from < _bytes.Count; from += MostInDocument * Size, number++)
        {
            byte[] some = CollectionsMarshal.AsSpan(_bytes).Slice(from, Math.Min(MostInDocument * Size, _bytes.Count - from)).ToArray();
            await store.PutDocumentAsync(new LedgerDocument(Kind, FormattableString.Invariant($"{id}/{number:D6}"), some), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads what was written of a seal.</summary>
    public static async ValueTask<SealMarks> ReadAsync(IAmendableStore store, LedgerSeal seal, CancellationToken cancellationToken)
    {
        SealMarks marks = new();
        if (await store.FindDocumentAsync(SealDocuments.Kind, SealDocuments.IdOf(seal.Number), cancellationToken).ConfigureAwait(false) is { } document)
        {
            marks.AddWhole(SealDocuments.MarksOf(document));
        }

        await foreach (LedgerDocument beside in Documents.AllAsync(store, new DocumentQuery { Kind = Kind, IdPrefix = seal.Of + "/" }, cancellationToken).ConfigureAwait(false))
        {
            marks.AddWhole(beside.Body.Span);
        }

        return marks;
    }

    private void AddWhole(ReadOnlySpan<byte> bytes) => _bytes.AddRange(bytes[..(bytes.Length / Size * Size)]);

    private static SealMark Read(ReadOnlySpan<byte> mark) =>
        new(mark[0] == 1, BinaryPrimitives.ReadUInt32BigEndian(mark[1..]), BinaryPrimitives.ReadUInt64BigEndian(mark[(1 + sizeof(uint))..]));
}
