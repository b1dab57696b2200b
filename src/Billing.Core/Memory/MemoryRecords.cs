using Billing.Storage;

namespace Billing.Memory;

/// <summary>Records in memory. Its caller holds the lock, but for what <see cref="Ordered"/> gave, which nobody changes.</summary>
internal sealed class MemoryRecords
{
    private readonly Dictionary<RecordKey, BillingRecord> _records = [];
    private BillingRecord[]? _ordered;

    /// <summary>The records of a run.</summary>
    public IEnumerable<BillingRecord> Of(string runId) => _records.Values.Where(record => record.RunId == runId);

    public BillingRecord? Find(RecordKey key) => _records.GetValueOrDefault(key);

    /// <summary>Stores a record, unless its key is there.</summary>
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

    /// <summary>Puts a record in place of what it was.</summary>
    /// <returns>Whether it is there now, moved by this call or before it.</returns>
    public bool Replace(RecordMove move)
    {
        BillingRecord? there = Find(move.To.Key);
        if (move.IsDone(there))
        {
            return true;
        }

        // Another one under the new key stays, and so does this one under its own.
        if ((move.ChangesKey && there is not null) || !_records.Remove(move.From.Key))
        {
            return false;
        }

        _ordered = null;
        _records.Add(move.To.Key, move.To);
        return true;
    }

    /// <summary>All of them, by date, then key. Sorted when it is read, not while it is written: a run writes much more often than anyone looks.</summary>
    public BillingRecord[] Ordered() => _ordered ??= [.. _records.Values.OrderBy(RecordPosition.Of)];

    /// <summary>One page of ordered records.</summary>
    public static Page<BillingRecord> Page(BillingRecord[] ordered, RecordQuery query)
    {
        PageBuilder<BillingRecord, RecordPosition> page = StorePages.Of(query);
        bool isFirst = !page.TryGetAfter(out RecordPosition after);
        return page.Fill(ordered.SkipWhile(record => !isFirst && RecordPosition.Of(record) <= after).Where(query.Matches));
    }

    /// <summary>Exact totals by group.</summary>
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
