namespace Billing.Sinks.Dynamo.Connections;

/// <summary>Works on many items with limited parallelism.</summary>
internal sealed class ParallelismOf(int degree)
{
    /// <summary>Works on every item. The first error stops it, after the work in progress has ended.</summary>
    public Task ForEachAsync<T>(IEnumerable<T> items, Func<T, CancellationToken, Task> work, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        items,
        new ParallelOptions { MaxDegreeOfParallelism = degree, CancellationToken = cancellationToken },
        (item, token) => new ValueTask(work(item, token)));
}
