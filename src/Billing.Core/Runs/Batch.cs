using Billing.Rows;

namespace Billing.Runs;

/// <summary>Rows on their way from the reading thread to the writing one.</summary>
internal sealed class Batch(int capacity)
{
    /// <summary>The bytes of rows that end a batch which has not its number of rows yet: texts take several times as many, and a run holds some batches.</summary>
    public const int MostBytes = 4 << 20;

    private HashSet<RecordKey>? _keys;

    public List<BillingRecord> Records { get; } = new(capacity);

    /// <summary>The rows of <see cref="Records"/>, in the same order.</summary>
    public List<ParsedRow> Rows { get; } = new(capacity);

    public List<QuarantinedRecord> Quarantined { get; } = [];

    /// <summary>What of an open quarantine a record of this batch may correct, and whether it is the very same row.</summary>
    public List<(int Index, RecordKey Key, bool IsSame)> Corrections { get; } = [];

    /// <summary>Everything read from the source up to the end of this batch.</summary>
    public required ControlTotals Read { get; set; }

    public required long BytesRead { get; set; }

    /// <summary>Whether <see cref="Quarantined"/> was written.</summary>
    public bool IsQuarantineKept { get; set; }

    /// <summary>Whether a record of one is a record of the other.</summary>
    public bool SharesKeyWith(Batch other)
    {
        HashSet<RecordKey> keys = _keys ??= [.. Records.Select(record => record.Key)];
        return other.Records.Exists(record => keys.Contains(record.Key));
    }
}
