using System.Collections;

namespace Billing.Sinks.Conformance;

/// <summary>A list of amendments that ends the process when it is read once too often.</summary>
internal sealed class StoppingList(RecordAmendment[] amendments, int reads) : IReadOnlyList<RecordAmendment>
{
    private int _left = reads;

    public int Count => amendments.Length;

    public RecordAmendment this[int index] => _left-- > 0 ? amendments[index] : throw new KilledException();

    public IEnumerator<RecordAmendment> GetEnumerator()
    {
        for (int i = 0; i < amendments.Length; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
