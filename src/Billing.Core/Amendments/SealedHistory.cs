using System.Text.Json;
using Billing.Fingerprints;

namespace Billing.Amendments;

/// <summary>
/// What the changes of a ledger say of its runs: which records a run stored that are no longer there as it stored them, and which records that are there an entry made.
/// In memory: some 150 bytes for each change.
/// </summary>
internal sealed class SealedHistory
{
    private readonly Dictionary<string, List<SealedItem>> _stored = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Sha256Digest>> _changes = new(StringComparer.Ordinal);
    private readonly Dictionary<Sha256Digest, (int Times, string DocumentId)> _made = [];
    private readonly List<string> _unreadable = [];

    private SealedHistory(ErasedDigests erased) => Erased = erased;

    /// <summary>The digests that stand for others since texts were erased.</summary>
    public ErasedDigests Erased { get; }

    /// <summary>The ids of the entries and runs that changed something.</summary>
    public IEnumerable<string> EntryIds => _changes.Keys.Union(Erased.EntryIds, StringComparer.Ordinal);

    /// <summary>The ids of changes that cannot be read.</summary>
    public IEnumerable<string> Unreadable => _unreadable.Concat(Erased.Unreadable);

    /// <summary>The ids of the changes whose record is no longer as they made it, although no later change is known. Once all records were taken.</summary>
    public IEnumerable<string> Lost => _made.Values.Where(made => made.Times > 0).Select(made => made.DocumentId).Order(StringComparer.Ordinal);

    public static async ValueTask<SealedHistory> LoadAsync(IAmendableStore store, CancellationToken cancellationToken)
    {
        SealedHistory history = new(await ErasedDigests.LoadAsync(store, cancellationToken).ConfigureAwait(false));
        SealDigests digests = new();
        List<(string RunId, SealedItem Item)> before = [];
        await foreach (LedgerDocument document in Documents.AllAsync(store, new DocumentQuery { Kind = ChangeDocuments.Kind }, cancellationToken).ConfigureAwait(false))
        {
            history.Add(document, digests, before);
        }

        // What a change made and another one changed again, no run stored.
        foreach ((string runId, SealedItem item) in before.Where(was => !history.Take(was.Item.Digest)))
        {
            Of(history._stored, runId).Add(item);
        }

        return history;
    }

    /// <summary>Takes a record that is there. The same record can be taken as often as it was made.</summary>
    /// <returns>Whether an entry made it: no run stored it like this.</returns>
    public bool Take(Sha256Digest digest)
    {
        if (_made.TryGetValue(digest, out (int Times, string DocumentId) made) && made.Times > 0)
        {
            _made[digest] = made with { Times = made.Times - 1 };
            return true;
        }

        return false;
    }

    /// <summary>What a run stored that is no longer there as it stored it.</summary>
    public IReadOnlyList<SealedItem> StoredBy(string runId) => _stored.GetValueOrDefault(runId) ?? [];

    /// <summary>The changes of an entry or a run, in the order of their ids; then the lists of what it erased.</summary>
    public IReadOnlyList<Sha256Digest> ChangesOf(string id) => [.. _changes.GetValueOrDefault(id) ?? [], .. Erased.ListsOf(id)];

    private void Add(LedgerDocument document, SealDigests digests, List<(string RunId, SealedItem Item)> before)
    {
        int stroke = document.Id.LastIndexOf('/');
        Of(_changes, stroke < 0 ? document.Id : document.Id[..stroke]).Add(Erased.ResolveChange(digests.Of(document)));
        if (Read(document) is not { } change)
        {
            _unreadable.Add(document.Id);
            return;
        }

        if (ChangeDocuments.IsErasure(document))
        {
            // The record is the same one, under another digest.
            if (change.From is null || change.To is null || !digests.Of(change.From).Equals(digests.Of(change.To)))
            {
                _unreadable.Add(document.Id);
            }

            return;
        }

        if (change.From is { } from)
        {
            before.Add((from.RunId, SealedItem.Of(from.Source, Erased.Resolve(from, digests.Of(from)))));
        }

        if (change.To is { } to)
        {
            Sha256Digest digest = Erased.Resolve(to, digests.Of(to));
            _made[digest] = (_made.GetValueOrDefault(digest).Times + 1, document.Id);

            // A delivery that replaces stored it itself.
            if (to.RunId == change.EntryId)
            {
                Of(_stored, to.RunId).Add(SealedItem.Of(to.Source, digest));
            }
        }
    }

    private static RecordChange? Read(LedgerDocument document)
    {
        try
        {
            RecordChange change = ChangeDocuments.Read(document);
            return change.From is null && change.To is null ? null : change;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or ArgumentException or InvalidOperationException or KeyNotFoundException or OverflowException or BillingException)
        {
            return null;
        }
    }

    private static List<T> Of<T>(Dictionary<string, List<T>> lists, string id)
    {
        if (!lists.TryGetValue(id, out List<T>? list))
        {
            lists.Add(id, list = []);
        }

        return list;
    }
}
