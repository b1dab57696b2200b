using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace Billing.Web.Events;

/// <summary>Server-sent events until the client goes or the host ends: a page that is open must not keep the host from ending. A page connects again by itself.</summary>
internal static class EventStream
{
    public static IResult Of<T>(HttpContext context, IAsyncEnumerable<SseItem<T>> events) => TypedResults.ServerSentEvents(
        UntilAsync(events, context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping, context.RequestAborted));

    private static async IAsyncEnumerable<SseItem<T>> UntilAsync<T>(IAsyncEnumerable<SseItem<T>> events, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
        await using IAsyncEnumerator<SseItem<T>> next = events.GetAsyncEnumerator(either.Token);
        while (await HasMoreAsync(next, stopping))
        {
            yield return next.Current;
        }
    }

    private static async ValueTask<bool> HasMoreAsync<T>(IAsyncEnumerator<SseItem<T>> next, CancellationToken stopping)
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
