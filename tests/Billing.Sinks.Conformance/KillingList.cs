using System.Collections;

namespace Billing.Sinks.Conformance;

/// <summary>A list of records. Reading one of them ends the process.</summary>
internal sealed class KillingList(BillingRecord[] records, KillSwitch killing) : IReadOnlyList<BillingRecord>
{
    public int Count => records.Length;

    public BillingRecord this[int index]
    {
        get
        {
            killing.Look();
            return records[index];
        }
    }

    public IEnumerator<BillingRecord> GetEnumerator()
    {
        for (int i = 0; i < records.Length; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
