namespace Billing.Storage;

/// <summary>A quarantine in memory. Its caller holds the lock.</summary>
internal sealed class MemoryQuarantine
{
    private readonly Dictionary<RecordKey, QuarantinedRecord> _quarantine = [];

    /// <summary>Keeps a row, once by its key; one that is there and open takes the latest reason.</summary>
    public void Add(QuarantinedRecord record)
    {
        if (!_quarantine.TryGetValue(record.Key, out QuarantinedRecord? kept))
        {
            _quarantine.Add(record.Key, record);
        }
        else if (kept.IsOpen)
        {
            _quarantine[record.Key] = kept.Latest(record);
        }
    }

    /// <summary>Closes a row; one that is not there, or closed already, stays as it is.</summary>
    public void Resolve(RecordKey key, string resolution)
    {
        if (_quarantine.TryGetValue(key, out QuarantinedRecord? record) && record.IsOpen)
        {
            _quarantine[key] = record.Closed(resolution);
        }
    }

    /// <summary>One page, by source, then byte offset, then key.</summary>
    public Page<QuarantinedRecord> Page(QuarantineQuery query)
    {
        QueryIdentity identity = QueryIdentity.Of(query);
        PageBudget budget = new(query);
        QuarantinePosition? after = PageToken.Read(query, identity) is { } position ? QuarantinePosition.Parse(position) : null;
        List<QuarantinedRecord> items = PageBudget.Take(_quarantine.Values
            .Where(record => RecordMatcher.Matches(query, record))
            .Where(record => after is not { } last || QuarantinePosition.Of(record).CompareTo(last) > 0)
            .OrderBy(QuarantinePosition.Of), budget.IsPast);
        return PageToken.Cut(items, budget.Size, identity, record => QuarantinePosition.Of(record).ToBytes());
    }
}
