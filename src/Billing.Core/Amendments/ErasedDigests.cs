using Billing.Fingerprints;

namespace Billing.Amendments;

/// <summary>Which digests stand for which that were sealed, by all erasures of a ledger. In memory: some 150 bytes for each item that was erased.</summary>
internal sealed class ErasedDigests
{
    private readonly Dictionary<(ErasedPart Part, Sha256Digest Is), ErasedItem> _items = [];
    private readonly Dictionary<string, List<Sha256Digest>> _lists = new(StringComparer.Ordinal);
    private readonly List<string> _unreadable = [];

    private ErasedDigests()
    {
    }

    /// <summary>The ids of the entries that erased something.</summary>
    public IEnumerable<string> EntryIds => _lists.Keys;

    /// <summary>Whether anything was erased.</summary>
    public bool IsAny => _items.Count > 0;

    /// <summary>The ids of lists that cannot be read.</summary>
    public IReadOnlyList<string> Unreadable => _unreadable;

    public static async ValueTask<ErasedDigests> LoadAsync(IAmendableStore store, CancellationToken cancellationToken)
    {
        ErasedDigests erased = new();
        SealDigests digests = new();
        await foreach (LedgerDocument document in ErasedDocuments.AllAsync(store, entryId: null, cancellationToken).ConfigureAwait(false))
        {
            string entryId = ErasedDocuments.EntryOf(document);
            if (!erased._lists.TryGetValue(entryId, out List<Sha256Digest>? lists))
            {
                erased._lists.Add(entryId, lists = []);
            }

            lists.Add(digests.Of(document));
            if (ErasedDocuments.TryRead(document) is not { } items)
            {
                erased._unreadable.Add(document.Id);
                continue;
            }

            foreach (ErasedItem item in items)
            {
                _ = erased._items.TryAdd((item.Part, item.Is), item);
            }
        }

        return erased;
    }

    /// <summary>The digests of the lists of an entry, in the order of their ids.</summary>
    public IReadOnlyList<Sha256Digest> ListsOf(string entryId) => _lists.GetValueOrDefault(entryId) ?? [];

    /// <summary>The digest of a record that seals cover: its own, unless text of it was erased, and is.</summary>
    public Sha256Digest Resolve(BillingRecord record, Sha256Digest digest) => Resolve(ErasedPart.Record, digest, fields => ErasedText.Holds(record, fields));

    /// <summary>The digest of a row in quarantine that seals cover.</summary>
    public Sha256Digest Resolve(QuarantinedRecord row, Sha256Digest digest) => Resolve(ErasedPart.Quarantined, digest, _ => row.RawText == ErasedText.Placeholder);

    /// <summary>The digest of the document of a change that seals cover.</summary>
    public Sha256Digest ResolveChange(Sha256Digest digest) => Resolve(ErasedPart.Change, digest, _ => true);

    /// <summary>Whether text of a record with this digest was erased.</summary>
    public bool Has(Sha256Digest digest) => _items.ContainsKey((ErasedPart.Record, digest));

    // Text of one thing may be erased several times.
    private Sha256Digest Resolve(ErasedPart part, Sha256Digest digest, Func<IReadOnlyList<string>, bool> holds)
    {
        Sha256Digest was = digest;
        for (int i = 0; i <= _items.Count && _items.TryGetValue((part, was), out ErasedItem? item); i++)
        {
            if (!holds(item.Fields))
            {
                return digest;
            }

            was = item.Was;
        }

        return was;
    }
}
