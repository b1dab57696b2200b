using System.Collections;

namespace Billing.KilledProcess;

/// <summary>Items, a look at some of which is a moment: the ledger is then inside its transaction.</summary>
internal sealed class WatchedList<T>(IReadOnlyList<T> items, Moments moments) : IReadOnlyList<T>
{
    // Few enough that the moments between calls are chosen as well.
    private const int LooksPerMoment = 25;

    public int Count => items.Count;

    public T this[int index]
    {
        get
        {
            if (index % LooksPerMoment == 0)
            {
                moments.Pass();
            }

            return items[index];
        }
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (int i = 0; i < items.Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
