using System.Collections;

namespace Billing.Runs;

/// <summary>The records of a batch, as sinks get them: each is made when it is asked for. They are there until the batch was written.</summary>
internal sealed class BatchRecords(IReadOnlyList<PendingRecord> pending) : IRecordBatch
{
    private volatile IReadOnlyList<PendingRecord>? _pending = pending;

    public int Count { get; } = pending.Count;

    public BillingRecord this[int index] => Pending[index].Record;

    private IReadOnlyList<PendingRecord> Pending => _pending
        ?? throw new InvalidOperationException($"The records of a batch can be read until {nameof(IBillingSink)}.{nameof(IBillingSink.WriteAsync)} has ended. Keep the records themselves, not the list: [.. records].");

    /// <inheritdoc/>
    public RecordKey KeyAt(int index) => Pending[index].Key;

    /// <inheritdoc/>
    public Fingerprint FingerprintAt(int index) => Pending[index].Fingerprint;

    /// <summary>The key of a record, and what else a dry run remembers of it.</summary>
    /// <param name="records">Records, whether of a batch or others.</param>
    /// <param name="index">The index of the record.</param>
    public static (RecordKey Key, HeldRecord Held) IdentityOf(IReadOnlyList<BillingRecord> records, int index)
    {
        if (records is BatchRecords batch)
        {
            PendingRecord pending = batch.Pending[index];
            return (pending.Key, new HeldRecord(pending.Fingerprint, pending.Source, pending.RunId));
        }

        BillingRecord record = records[index];
        return (record.Key, HeldRecord.Of(record));
    }

    /// <summary>Ends the list, before its rows are used again.</summary>
    public void Close() => _pending = null;

    public IEnumerator<BillingRecord> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
