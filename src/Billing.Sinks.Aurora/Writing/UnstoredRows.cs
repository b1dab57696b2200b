namespace Billing.Sinks.Aurora.Writing;

/// <summary>Goes through a batch in the order of its keys, sets the outcome of each record, and encodes the rows to insert, one after another.</summary>
internal sealed class UnstoredRows : IDisposable
{
    private readonly IReadOnlyList<BillingRecord> _records;
    private readonly (RecordKey Key, int Index)[] _order;
    private readonly Dictionary<RecordKey, StoredRecord> _known;
    private readonly bool _mayBeStored;
    private readonly WriteOutcome[] _outcomes;
    private readonly RowEncoder _encoder;
    private int _next;
    private BillingRecord? _last;

    /// <param name="records">The batch.</param>
    /// <param name="order">The keys of the batch with their indexes, in order.</param>
    /// <param name="known">What is stored under these keys.</param>
    /// <param name="mayBeStored">Whether an earlier attempt at this batch may have been committed.</param>
    /// <param name="encoder">The encoder; disposed with this object.</param>
    /// <param name="outcomes">Receives the outcomes, in the order of <paramref name="records"/>.</param>
    public UnstoredRows(
        IReadOnlyList<BillingRecord> records, (RecordKey Key, int Index)[] order, Dictionary<RecordKey, StoredRecord> known, bool mayBeStored, RowEncoder encoder, WriteOutcome[] outcomes)
    {
        _records = records;
        _order = order;
        _known = known;
        _mayBeStored = mayBeStored;
        _encoder = encoder;
        _outcomes = outcomes;
    }

    /// <summary>The current row, after <see cref="MoveNext"/>.</summary>
    public EncodedRow Current => _encoder.Row;

    /// <summary>Moves to the next row to insert. The outcomes of all records before it are then known.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext()
    {
        while (_next < _order.Length)
        {
            (RecordKey key, int index) = _order[_next++];
            BillingRecord record = _records[index];
            if (StoredAs(key) is { } stored)
            {
                // The connection was lost while an earlier attempt committed: what this same batch stored is not a duplicate.
                bool own = _mayBeStored && stored == StoredRecord.Of(record);
                _outcomes[index] = own ? WriteOutcome.Stored : stored.OutcomeOf(record);
            }
            else if (_encoder.Encode(record) is { } refusal)
            {
                _outcomes[index] = WriteOutcome.Refused(refusal);
            }
            else
            {
                _last = record;
                _outcomes[index] = WriteOutcome.Stored;
                return true;
            }
        }

        return false;
    }

    public void Dispose() => _encoder.Dispose();

    // Equal keys of the batch are next to each other.
    private StoredRecord? StoredAs(RecordKey key) =>
        _last is not null && _last.Key == key ? StoredRecord.Of(_last)
        : _known.TryGetValue(key, out StoredRecord stored) ? stored
        : null;
}
