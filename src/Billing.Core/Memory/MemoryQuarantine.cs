using Billing.Storage;

namespace Billing.Memory;

/// <summary>A quarantine in memory. The caller holds the lock.</summary>
internal sealed class MemoryQuarantine
{
    private readonly Dictionary<RecordKey, QuarantinedRecord> _quarantine = [];

    /// <summary>Stores a row, once by its key. A row that is already stored and open takes the latest reason.</summary>
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

    /// <summary>Closes a row. A row that is not there or is already closed stays as it is.</summary>
    public void Resolve(RecordKey key, string resolution)
    {
        if (_quarantine.TryGetValue(key, out QuarantinedRecord? record) && record.IsOpen)
        {
            _quarantine[key] = record.Closed(resolution);
        }
    }

    /// <summary>Opens a row again that was closed with exactly this resolution.</summary>
    public void Reopen(RecordKey key, string resolution)
    {
        if (_quarantine.TryGetValue(key, out QuarantinedRecord? record) && record.Resolution == resolution)
        {
            _quarantine[key] = record.Reopened();
        }
    }

    /// <summary>Replaces a row that is there.</summary>
    public void Replace(QuarantinedRecord row)
    {
        if (_quarantine.ContainsKey(row.Key))
        {
            _quarantine[row.Key] = row;
        }
    }

    /// <summary>Returns one page, by source, then byte offset, then key.</summary>
    public Page<QuarantinedRecord> Page(QuarantineQuery query)
    {
        PageBuilder<QuarantinedRecord, QuarantinePosition> page = StorePages.Of(query);
        bool isFirst = !page.TryGetAfter(out QuarantinePosition after);
        return page.Fill(_quarantine.Values
            .Where(query.Matches)
            .Where(record => isFirst || QuarantinePosition.Of(record) > after)
            .OrderBy(QuarantinePosition.Of));
    }
}
