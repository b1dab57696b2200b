using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Billing.Web.Contracts;

namespace Billing.Web.Events;

/// <summary>
/// Server-sent events until the client goes or the host ends: a page that is open must not keep the host from ending, and connects again by itself. Where nothing happens there is a heartbeat
/// (an event, because the library writes no comments), by which a page tells a quiet stream from a dead one, and by which this host finds that a client is gone.
/// </summary>
internal static class EventStream
{
    public static IResult Of<T>(HttpContext context, IAsyncEnumerable<SseItem<T>> events)
        where T : class => TypedResults.ServerSentEvents(
        UntilAsync(events, context.RequestServices.GetRequiredService<TimeProvider>(), context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping, context.RequestAborted));

    /// <summary>The events, with a heartbeat at once and whenever nothing else came for its interval.</summary>
    internal static async IAsyncEnumerable<SseItem<T?>> UntilAsync<T>(IAsyncEnumerable<SseItem<T>> events, TimeProvider time, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
        await using IAsyncEnumerator<SseItem<T>> next = events.GetAsyncEnumerator(either.Token);
        Task<bool> more = HasMoreAsync(next, stopping);
        try
        {
            // Without it, the response would begin with the first event: a page that comes again would not know that it is connected.
            yield return Beat<T>();
            while (true)
            {
                if (!await IsThereAsync(more, time))
                {
                    yield return Beat<T>();
                    continue;
                }

                if (!await more)
                {
                    yield break;
                }

                SseItem<T> item = next.Current;
                yield return new SseItem<T?>(item.Data, item.EventType) { EventId = item.EventId };
                more = HasMoreAsync(next, stopping);
            }
        }
        finally
        {
            // An enumerator that is still asked for its next item cannot be put away.
            await either.CancelAsync();
            await ((Task)more).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static SseItem<T?> Beat<T>()
        where T : class => new(null, Heartbeat.EventType);

    // Whether the next event, or the end, came within the interval.
    private static async Task<bool> IsThereAsync(Task<bool> more, TimeProvider time)
    {
        using CancellationTokenSource enough = new();
        Task interval = Task.Delay(Heartbeat.Interval, time, enough.Token);
        bool isThere = await Task.WhenAny(more, interval) == more;
        await enough.CancelAsync();
        return isThere;
    }

    private static async Task<bool> HasMoreAsync<T>(IAsyncEnumerator<SseItem<T>> next, CancellationToken stopping)
    {
        try
        {
            return await next.MoveNextAsync();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return false;
        }
    }
}
