using Billing.Fingerprints;

namespace Billing.Amendments;

/// <summary>
/// Reads from a store what the seals of runs and entries cover. Of a store with few records all are read once, 48 bytes each; of others, those of one run at a time.
/// </summary>
internal sealed class SealReading
{
    private const long MostAtOnce = 4_000_000;

    private readonly IAmendableStore _store;
    private readonly SealDigests _digests = new();
    private readonly Dictionary<string, List<SealedItem>> _quarantined;
    private readonly Dictionary<string, List<SealedItem>>? _records;

    private SealReading(IAmendableStore store, SealedHistory history, Dictionary<string, List<SealedItem>> quarantined, Dictionary<string, List<SealedItem>>? records)
    {
        _store = store;
        History = history;
        _quarantined = quarantined;
        _records = records;
    }

    public SealedHistory History { get; }

    /// <summary>Begins to read a store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="expected">The number of records of all runs that will be asked for; null if these are few of many runs.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async ValueTask<SealReading> BeginAsync(IAmendableStore store, long? expected, CancellationToken cancellationToken)
    {
        SealedHistory history = await SealedHistory.LoadAsync(store, cancellationToken).ConfigureAwait(false);
        SealDigests digests = new();
        Dictionary<string, List<SealedItem>> quarantined = new(StringComparer.Ordinal);
        await foreach (QuarantinedRecord row in store.GetAllQuarantineAsync(new QuarantineQuery { IncludeResolved = true }, cancellationToken).ConfigureAwait(false))
        {
            Of(quarantined, row.RunId).Add(SealedItem.Of(row.Source, history.Erased.Resolve(row, digests.Of(row))));
        }

        SealReading reading = new(store, history, quarantined, expected <= MostAtOnce ? new(StringComparer.Ordinal) : null);
        if (reading._records is not null)
        {
            await reading.ReadAllAsync(cancellationToken).ConfigureAwait(false);
        }

        return reading;
    }

    /// <summary>What the seal of a run covers, as it is in the store now.</summary>
    public async ValueTask<SealedContent> ContentOfRunAsync(string runId, CancellationToken cancellationToken)
    {
        (List<SealedItem> records, List<SealedItem> quarantined, IReadOnlyList<Sha256Digest> changes) = await ItemsOfRunAsync(runId, cancellationToken).ConfigureAwait(false);
        return SealedContent.Of(records, quarantined, changes);
    }

    /// <summary>What stands for each part of it, in no order but that of the changes.</summary>
    public async ValueTask<(List<SealedItem> Records, List<SealedItem> Quarantined, IReadOnlyList<Sha256Digest> Changes)> ItemsOfRunAsync(string runId, CancellationToken cancellationToken)
    {
        List<SealedItem> records = _records is null ? await ReadAsync(runId, cancellationToken).ConfigureAwait(false) : _records.GetValueOrDefault(runId) ?? [];
        return ([.. records, .. History.StoredBy(runId)], [.. _quarantined.GetValueOrDefault(runId) ?? []], History.ChangesOf(runId));
    }

    /// <summary>What the seal of an entry covers, as it is in the store now.</summary>
    public SealedContent ContentOfEntry(string entryId) => SealedContent.Of([], [], History.ChangesOf(entryId));

    private async ValueTask ReadAllAsync(CancellationToken cancellationToken)
    {
        List<SealedItem> items = [];
        await foreach (IReadOnlyList<BillingRecord> page in _store.QueryPagesAsync(new RecordQuery { PageSize = 2_000, MostBytes = 4 << 20 }, cancellationToken).ConfigureAwait(false))
        {
            items.Clear();
            Add(items, page);
            for (int i = 0; i < page.Count; i++)
            {
                if (!History.Take(items[i].Digest))
                {
                    Of(_records!, page[i].RunId).Add(items[i]);
                }
            }
        }
    }

    private async ValueTask<List<SealedItem>> ReadAsync(string runId, CancellationToken cancellationToken)
    {
        List<SealedItem> items = [];
        await foreach (IReadOnlyList<BillingRecord> page in _store.QueryPagesAsync(new RecordQuery { RunId = runId, PageSize = 2_000, MostBytes = 4 << 20 }, cancellationToken).ConfigureAwait(false))
        {
            Add(items, page);
        }

        _ = items.RemoveAll(item => History.Take(item.Digest));
        return items;
    }

    private void Add(List<SealedItem> items, IReadOnlyList<BillingRecord> page)
    {
        int first = items.Count;
        _digests.AddTo(items, page);
        for (int i = 0; i < page.Count && History.Erased.IsAny; i++)
        {
            items[first + i] = items[first + i] with { Digest = History.Erased.Resolve(page[i], items[first + i].Digest) };
        }
    }

    private static List<SealedItem> Of(Dictionary<string, List<SealedItem>> lists, string id)
    {
        if (!lists.TryGetValue(id, out List<SealedItem>? list))
        {
            lists.Add(id, list = []);
        }

        return list;
    }
}
