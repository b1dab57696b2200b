using System.Collections;
using System.Runtime.InteropServices;

namespace Billing.Rows;

/// <summary>A list whose objects are used again after <see cref="Clear"/>: a run makes them for its first batches only.</summary>
internal sealed class RecycledList<T> : IReadOnlyList<T>
    where T : class, new()
{
    // The first Count are in use; the others wait.
    private readonly List<T> _all = [];

    public int Count { get; private set; }

    public ReadOnlySpan<T> Span => CollectionsMarshal.AsSpan(_all)[..Count];

    public T this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return _all[index];
        }
    }

    /// <summary>Adds an object, new or used; whoever asks for it sets everything.</summary>
    public T Add()
    {
        if (Count == _all.Count)
        {
            _all.Add(new T());
        }

        return _all[Count++];
    }

    /// <summary>Adds an object that was made elsewhere.</summary>
    public void Put(T item)
    {
        if (Count == _all.Count)
        {
            _all.Add(item);
        }
        else
        {
            _all[Count] = item;
        }

        Count++;
    }

    /// <summary>Keeps an object that was added at a later place, at a place before it.</summary>
    public void Move(int from, int to) => (_all[to], _all[from]) = (_all[from], _all[to]);

    /// <summary>Removes what comes after the first <paramref name="count"/>.</summary>
    public void Cut(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        Count = count;
    }

    public void Clear() => Count = 0;

    public IEnumerator<T> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return _all[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
