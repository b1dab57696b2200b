using System.Runtime.CompilerServices;

namespace Billing.Stores;

/// <summary>Reads two stores side by side.</summary>
internal static class SideBySide
{
    /// <summary>Joins two listings in the same order: items at the same position together, the rest alone.</summary>
    /// <exception cref="BillingException">A listing is not in order.</exception>
    public static async IAsyncEnumerable<(T? One, T? Other)> Join<T, TPosition>(IAsyncEnumerable<T> one, IAsyncEnumerable<T> other, Func<T, TPosition> positionOf)
        where T : class
        where TPosition : struct, IComparable<TPosition>
    {
        IAsyncEnumerator<T> left = InOrder(one, positionOf, "first").GetAsyncEnumerator();
        await using ConfiguredAsyncDisposable ofLeft = left.ConfigureAwait(false);
        IAsyncEnumerator<T> right = InOrder(other, positionOf, "other").GetAsyncEnumerator();
        await using ConfiguredAsyncDisposable ofRight = right.ConfigureAwait(false);
        bool hasLeft = await left.MoveNextAsync().ConfigureAwait(false);
        bool hasRight = await right.MoveNextAsync().ConfigureAwait(false);
        while (hasLeft || hasRight)
        {
            int order = !hasLeft ? 1 : !hasRight ? -1 : positionOf(left.Current).CompareTo(positionOf(right.Current));
            yield return (order <= 0 ? left.Current : null, order >= 0 ? right.Current : null);
            hasLeft = order <= 0 ? await left.MoveNextAsync().ConfigureAwait(false) : hasLeft;
            hasRight = order >= 0 ? await right.MoveNextAsync().ConfigureAwait(false) : hasRight;
        }
    }

    // Without this check, a store that lists in another order would seem to miss records that it holds.
    private static async IAsyncEnumerable<T> InOrder<T, TPosition>(IAsyncEnumerable<T> items, Func<T, TPosition> positionOf, string which)
        where TPosition : struct, IComparable<TPosition>
    {
        TPosition? last = null;
        await foreach (T item in items.ConfigureAwait(false))
        {
            TPosition position = positionOf(item);
            if (last is { } before && position.CompareTo(before) <= 0)
            {
                throw new BillingException($"The {which} store does not list in the order that all stores share: {position} comes after {before}, or appears twice. Stores that list in another order cannot be compared.");
            }

            last = position;
            yield return item;
        }
    }
}
