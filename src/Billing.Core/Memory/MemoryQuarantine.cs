using Billing.Storage;

namespace Billing.Memory;

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
        PageBuilder<QuarantinedRecord, QuarantinePosition> page = StorePages.Of(query);
        bool isFirst = !page.TryGetAfter(out QuarantinePosition after);
        return page.Fill(_quarantine.Values
            .Where(query.Matches)
            .Where(record => isFirst || QuarantinePosition.Of(record) > after)
            .OrderBy(QuarantinePosition.Of));
    }
}
