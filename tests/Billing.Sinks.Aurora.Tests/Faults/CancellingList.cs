using System.Collections;

namespace Billing.Sinks.Aurora.Tests.Faults;

/// <summary>Records of which one, when it is read for the second time, cancels what is under way: first they are ordered by their keys, then sent.</summary>
internal sealed class CancellingList(IReadOnlyList<BillingRecord> records, CancellationTokenSource cancel, int at) : IReadOnlyList<BillingRecord>
{
    private int _reads;

    public int Count => records.Count;

    public BillingRecord this[int index]
    {
        get
        {
            if (index == at && ++_reads == 2)
            {
                cancel.Cancel();
            }

            return records[index];
        }
    }

    public IEnumerator<BillingRecord> GetEnumerator() => records.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
