using System.Runtime.CompilerServices;

namespace Billing.Stores;

/// <summary>Reads stores whole, page by page.</summary>
internal static class StoreReading
{
    private const int LargestPage = 2_000;
    private const int SmallestPage = 10;
    private const long MostBytes = 4 << 20;

    /// <summary>All records, by date, then key.</summary>
    public static IAsyncEnumerable<BillingRecord> Records(IBillingStore store, CancellationToken cancellationToken) =>
        Records(store, null, cancellationToken);

    /// <summary>The records of a scope, or all for null, by date, then key.</summary>
    public static IAsyncEnumerable<BillingRecord> Records(IBillingStore store, string? scope, CancellationToken cancellationToken) =>
        All((size, token) => store.QueryAsync(new RecordQuery { Scope = scope, PageSize = size, MostBytes = MostBytes, ContinuationToken = token }, cancellationToken), cancellationToken);

    /// <summary>The quarantine that matches, by source, byte offset and key. Closing what was given does not move the rest.</summary>
    public static IAsyncEnumerable<QuarantinedRecord> Quarantine(IBillingStore store, QuarantineQuery query, CancellationToken cancellationToken) =>
        All((size, token) => store.GetQuarantineAsync(query with { PageSize = size, MostBytes = MostBytes, ContinuationToken = token }, cancellationToken), cancellationToken);

    /// <summary>All runs, newest first.</summary>
    public static IAsyncEnumerable<IngestReport> Runs(IBillingStore store, CancellationToken cancellationToken) =>
        All((size, token) => store.GetRunsAsync(new PageRequest { PageSize = size, MostBytes = MostBytes, ContinuationToken = token }, cancellationToken), cancellationToken);

    /// <summary>The run with that id, or null.</summary>
    public static ValueTask<IngestReport?> FindRunAsync(IBillingStore store, string runId, CancellationToken cancellationToken) =>
        Runs(store, cancellationToken).FirstOrDefaultAsync(run => run.RunId == runId, cancellationToken);

    /// <summary>Two listings of one order side by side: what stands at the same position together, the rest alone.</summary>
    /// <exception cref="BillingException">A listing is not in that order.</exception>
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

    // Without this check a store that lists in another order would seem to miss what it holds.
    private static async IAsyncEnumerable<T> InOrder<T, TPosition>(IAsyncEnumerable<T> items, Func<T, TPosition> positionOf, string which)
        where TPosition : struct, IComparable<TPosition>
    {
        TPosition? last = null;
        await foreach (T item in items.ConfigureAwait(false))
        {
            TPosition position = positionOf(item);
            if (last is { } before && position.CompareTo(before) <= 0)
            {
                throw new BillingException($"The {which} store does not list in the order of stores: {position} comes after {before}, or is there twice. Stores that list otherwise cannot be compared.");
            }

            last = position;
            yield return item;
        }
    }

    private static async IAsyncEnumerable<T> All<T>(Func<int, string?, ValueTask<Page<T>>> getPage, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? token = null;
        int size = LargestPage;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            Page<T> page = await getPage(size, token).ConfigureAwait(false);

            // Where bytes ended the page, there are stores that read, and throw away, up to the number that they were asked for.
            size = Math.Clamp(page.Items.Count * 2, SmallestPage, LargestPage);
            foreach (T item in page.Items)
            {
                yield return item;
            }

            token = page.ContinuationToken;
        }
        while (token is not null);
    }
}
