using System.Collections;

namespace Billing.Simulation.Tests.Ledgers;

/// <summary>A list of records that tells when one of them is read.</summary>
internal sealed class WatchedRecords(IReadOnlyList<BillingRecord> records, Action<int> reading) : IReadOnlyList<BillingRecord>
{
    public int Count => records.Count;

    public BillingRecord this[int index]
    {
        get
        {
            reading(index);
            return records[index];
        }
    }

    public IEnumerator<BillingRecord> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
