using Billing.Storage;

namespace Billing.Memory;

/// <summary>Records in memory. The caller holds the lock, except for what <see cref="Ordered"/> returned, which nobody changes.</summary>
internal sealed class MemoryRecords
{
    private readonly Dictionary<RecordKey, BillingRecord> _records = [];
    private BillingRecord[]? _ordered;

    /// <summary>Returns the records of a run.</summary>
    public IEnumerable<BillingRecord> Of(string runId) => _records.Values.Where(record => record.RunId == runId);

    public BillingRecord? Find(RecordKey key) => _records.GetValueOrDefault(key);

    /// <summary>Stores a record, unless its key is already stored.</summary>
    public WriteOutcome Write(BillingRecord record)
    {
        if (_records.TryAdd(record.Key, record))
        {
            _ordered = null;
            return WriteOutcome.Stored;
        }

        BillingRecord stored = _records[record.Key];
        return stored.Fingerprint == record.Fingerprint
            ? WriteOutcome.Duplicate(stored.Source.Name)
            : WriteOutcome.Conflict(stored.Source.Name, stored.Fingerprint);
    }

    /// <summary>Replaces a record with its migrated version.</summary>
    /// <returns>Whether the migrated version is now stored, by this call or an earlier one.</returns>
    public bool Replace(RecordMove move)
    {
        BillingRecord? there = Find(move.To.Key);
        if (move.IsDone(there))
        {
            return true;
        }

        // If another record has the new key, both stay as they are.
        if ((move.ChangesKey && there is not null) || !_records.Remove(move.From.Key))
        {
            return false;
        }

        _ordered = null;
        _records.Add(move.To.Key, move.To);
        return true;
    }

    /// <summary>Puts a record under a key, or takes out what is there.</summary>
    public void Set(RecordKey key, BillingRecord? record)
    {
        _ordered = null;
        if (record is null)
        {
            _records.Remove(key);
        }
        else
        {
            _records[key] = record;
        }
    }

    /// <summary>Returns all records, by date, then key. They are sorted when they are read, not when they are written: a run writes much more often than anyone reads.</summary>
    public BillingRecord[] Ordered() => _ordered ??= [.. _records.Values.OrderBy(RecordPosition.Of)];

    /// <summary>Returns one page of ordered records.</summary>
    public static Page<BillingRecord> Page(BillingRecord[] ordered, RecordQuery query)
    {
        PageBuilder<BillingRecord, RecordPosition> page = StorePages.Of(query);
        bool isFirst = !page.TryGetAfter(out RecordPosition after);
        return page.Fill(ordered.SkipWhile(record => !isFirst && RecordPosition.Of(record) <= after).Where(query.Matches));
    }

    /// <summary>Returns exact totals by group.</summary>
    public static IReadOnlyList<SummaryRow> Summarize(BillingRecord[] ordered, SummaryBy by, RecordQuery query)
    {
        SummaryTotals totals = new();
        foreach (BillingRecord record in ordered.Where(query.Matches))
        {
            totals.Add(by, record);
        }

        return totals.ToRows();
    }
}
