using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Billing.Amendments;

/// <summary>
/// What a run delivered and did not store: duplicates, and rows for quarantine. Kept as documents of many rows, so that a run which is taken back later leaves
/// to others what they delivered too.
/// </summary>
internal sealed class DeliveredRows(IReadOnlyList<IAmendableStore> stores, string runId)
{
    /// <summary>The kind of the documents of duplicates.</summary>
    public const string Duplicates = "duplicates";

    /// <summary>The kind of the documents of rows in quarantine.</summary>
    public const string Quarantined = "quarantined";

    // 6,000 rows: one document in a few batches. A write of its own for each batch would cost as much as the batch.
    private const int RowSize = KeyPrefix.Size + (3 * sizeof(long));
    private const int MostRows = 6_000;

    private readonly RowBuffer _duplicates = new(Duplicates);
    private readonly RowBuffer _quarantined = new(Quarantined);

    public ValueTask AddDuplicateAsync(RecordKey key, Fingerprint fingerprint, RecordSource source, CancellationToken cancellationToken) =>
        AddAsync(_duplicates, key, DeliveredRow.ContentOf(fingerprint), source, cancellationToken);

    public ValueTask AddQuarantinedAsync(QuarantinedRecord row, CancellationToken cancellationToken) => AddAsync(_quarantined, row.Key, 0, row.Source, cancellationToken);

    /// <summary>Writes what is not written yet. Called when the run ends, however it ends.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await FlushAsync(_duplicates, cancellationToken).ConfigureAwait(false);
        await FlushAsync(_quarantined, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns the rows that a run noted, of one kind.</summary>
    public static async IAsyncEnumerable<DeliveredRow> ReadAsync(IAmendableStore store, string kind, string runId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach ((_, DeliveredRow row) in ReadAsync(store, new DocumentQuery { Kind = kind, IdPrefix = runId + "/" }, cancellationToken).ConfigureAwait(false))
        {
            yield return row;
        }
    }

    /// <summary>Returns the rows that all runs noted, of one kind, with the id of the run.</summary>
    public static IAsyncEnumerable<(string RunId, DeliveredRow Row)> ReadAllAsync(IAmendableStore store, string kind, CancellationToken cancellationToken) =>
        ReadAsync(store, new DocumentQuery { Kind = kind }, cancellationToken);

    private static async IAsyncEnumerable<(string RunId, DeliveredRow Row)> ReadAsync(IAmendableStore store, DocumentQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (LedgerDocument document in Documents.AllAsync(store, query, cancellationToken).ConfigureAwait(false))
        {
            string runId = document.Id[..document.Id.IndexOf('/', StringComparison.Ordinal)];
            for (int at = 0; at < document.Body.Length; at += RowSize)
            {
                yield return (runId, Read(document.Body.Span.Slice(at, RowSize)));
            }
        }
    }

    private static DeliveredRow Read(ReadOnlySpan<byte> row) => new(
        KeyPrefix.Read(row),
        BinaryPrimitives.ReadUInt64BigEndian(row[KeyPrefix.Size..]),
        BinaryPrimitives.ReadInt64BigEndian(row[(KeyPrefix.Size + sizeof(long))..]),
        BinaryPrimitives.ReadInt64BigEndian(row[(KeyPrefix.Size + (2 * sizeof(long)))..]));

    private async ValueTask AddAsync(RowBuffer rows, RecordKey key, ulong content, RecordSource source, CancellationToken cancellationToken)
    {
        if (stores.Count == 0)
        {
            return;
        }

        rows.Add(key, content, source);
        if (rows.Count == MostRows)
        {
            await FlushAsync(rows, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask FlushAsync(RowBuffer rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return;
        }

        LedgerDocument document = rows.Take(runId);
        foreach (IAmendableStore store in stores)
        {
            await store.PutDocumentAsync(document, cancellationToken).ConfigureAwait(false);
        }
    }

    private sealed class RowBuffer(string kind)
    {
        private readonly List<byte> _bytes = [];
        private int _documents;

        public int Count => _bytes.Count / RowSize;

        public void Add(RecordKey key, ulong content, RecordSource source)
        {
            Span<byte> row = stackalloc byte[RowSize];
            KeyPrefix.Of(key).Write(row);
            BinaryPrimitives.WriteUInt64BigEndian(row[KeyPrefix.Size..], content);
            BinaryPrimitives.WriteInt64BigEndian(row[(KeyPrefix.Size + sizeof(long))..], source.Line);
            BinaryPrimitives.WriteInt64BigEndian(row[(KeyPrefix.Size + (2 * sizeof(long)))..], source.ByteOffset);
            _bytes.AddRange(row);
        }

        public LedgerDocument Take(string runId)
        {
            LedgerDocument document = new(kind, FormattableString.Invariant($"{runId}/{_documents++:D8}"), _bytes.ToArray());
            _bytes.Clear();
            return document;
        }
    }
}
