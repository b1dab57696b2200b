using System.Collections;

namespace Billing.Sinks.Conformance;

/// <summary>A list of records. Reading the n-th record cancels a token.</summary>
internal sealed class CancellingList(IReadOnlyList<BillingRecord> records, int cancelAt, CancellationTokenSource source) : IReadOnlyList<BillingRecord>
{
    private int _reads;

    public int Count => records.Count;

    public BillingRecord this[int index]
    {
        get
        {
            // The first pass over the list may be for sorting it.
            if (++_reads == records.Count + cancelAt)
            {
                source.Cancel();
            }

            return records[index];
        }
    }

    public IEnumerator<BillingRecord> GetEnumerator() => records.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
