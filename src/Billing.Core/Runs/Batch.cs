namespace Billing.Runs;

/// <summary>A batch of rows, on the way from the reading thread to the writing thread.</summary>
internal sealed class Batch
{
    private HashSet<RecordKey>? _keys;

    /// <param name="pending">The rows that become records, which have their keys.</param>
    public Batch(IReadOnlyList<PendingRecord> pending)
    {
        Pending = pending;
        Records = new BatchRecords(pending);
    }

    public IReadOnlyList<PendingRecord> Pending { get; }

    /// <summary>The records of <see cref="Pending"/>, in the same order.</summary>
    public BatchRecords Records { get; }

    public List<QuarantinedRecord> Quarantined { get; } = [];

    /// <summary>The open quarantined rows that records of this batch may correct, and whether they are the same row.</summary>
    public List<(int Index, RecordKey Key, bool IsSame)> Corrections { get; } = [];

    /// <summary>The objects of the batch, if another batch may use them again when this one was written.</summary>
    public BatchRows? Reusable { get; init; }

    /// <summary>Everything read from the source up to the end of this batch.</summary>
    public required ControlTotals Read { get; init; }

    public required long BytesRead { get; init; }

    /// <summary>Whether <see cref="Quarantined"/> was written.</summary>
    public bool IsQuarantineKept { get; set; }

    /// <summary>Whether a record of one batch has the key of a record of the other.</summary>
    public bool SharesKeyWith(Batch other)
    {
        HashSet<RecordKey> keys = _keys ??= [.. Pending.Select(record => record.Key)];
        return other.Pending.Any(record => keys.Contains(record.Key));
    }
}
