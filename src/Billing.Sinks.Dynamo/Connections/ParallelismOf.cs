namespace Billing.Sinks.Dynamo.Connections;

/// <summary>Works on many things, so many at once.</summary>
internal sealed class ParallelismOf(int degree)
{
    /// <summary>Works on every item. The first error ends it, when what is under way has ended.</summary>
    public Task ForEachAsync<T>(IEnumerable<T> items, Func<T, CancellationToken, Task> work, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        items,
        new ParallelOptions { MaxDegreeOfParallelism = degree, CancellationToken = cancellationToken },
        (item, token) => new ValueTask(work(item, token)));
}
