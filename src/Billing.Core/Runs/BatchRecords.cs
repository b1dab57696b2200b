using System.Collections;

namespace Billing.Runs;

/// <summary>The records of a batch, as sinks get them: each is made when it is asked for.</summary>
internal sealed class BatchRecords(IReadOnlyList<PendingRecord> pending) : IReadOnlyList<BillingRecord>
{
    public int Count => pending.Count;

    public BillingRecord this[int index] => pending[index].Record;

    /// <summary>The key, fingerprint and source of a record.</summary>
    /// <param name="records">Records, whether of a batch or others.</param>
    /// <param name="index">The index of the record.</param>
    public static (RecordKey Key, Fingerprint Fingerprint, RecordSource Source) IdentityOf(IReadOnlyList<BillingRecord> records, int index) => records is BatchRecords batch
        ? batch.IdentityAt(index)
        : (records[index].Key, records[index].Fingerprint, records[index].Source);

    public IEnumerator<BillingRecord> GetEnumerator()
    {
        for (int i = 0; i < pending.Count; i++)
        {
            yield return pending[i].Record;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private (RecordKey Key, Fingerprint Fingerprint, RecordSource Source) IdentityAt(int index) => (pending[index].Key, pending[index].Fingerprint, pending[index].Source);
}
