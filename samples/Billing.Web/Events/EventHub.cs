using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Billing.Web.Contracts;

namespace Billing.Web.Events;

/// <summary>What changed, for pages that show it. The last events are kept, so that a page that was cut off misses none.</summary>
internal sealed class EventHub
{
    private const int Kept = 1_000;

    private readonly Lock _lock = new();
    private readonly Queue<StoredEvent> _events = new();
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _last;

    // Numbers go on where an earlier host may have been.
    public EventHub(TimeProvider time) => _last = time.GetUtcNow().ToUnixTimeMilliseconds() * 1_000;

    /// <summary>The number of the last event.</summary>
    public long Last
    {
        get
        {
            lock (_lock)
            {
                return _last;
            }
        }
    }

    public void RunEnded(IngestReport report)
    {
        Publish("runs", report.RunId);
        Publish("records", report.RunId);
        if (report.Quarantined.Rows + report.Conflict.Rows > 0 || report.ReplayOf is not null)
        {
            Publish("quarantine", report.RunId);
        }
    }

    public void Publish(string what, string? runId = null)
    {
        TaskCompletionSource more;
        lock (_lock)
        {
            _events.Enqueue(new StoredEvent { Number = ++_last, What = what, RunId = runId });
            if (_events.Count > Kept)
            {
                _events.Dequeue();
            }

            (more, _more) = (_more, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        more.SetResult();
    }

    /// <summary>The events after one, and those that come. Where events are missing, one says that everything may have changed.</summary>
    /// <param name="after">The number of the last event that the page has; null for none.</param>
    public async IAsyncEnumerable<SseItem<StoredEvent>> ReadAsync(long? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long seen = after ?? _last;
        if (after is null)
        {
            // The connection is there, before anything happens.
            yield return Item(new StoredEvent { Number = seen, What = "connected" });
        }

        while (true)
        {
            List<StoredEvent> news = [];
            Task more;
            lock (_lock)
            {
                more = _more.Task;
                if (_events.Count > 0 && _events.Peek().Number > seen + 1 || seen > _last || (_events.Count == 0 && seen < _last))
                {
                    news.Add(new StoredEvent { Number = _last, What = "records" });
                }
                else
                {
                    news.AddRange(_events.Where(one => one.Number > seen));
                }
            }

            foreach (StoredEvent one in news)
            {
                seen = one.Number;
                yield return Item(one);
            }

            await more.WaitAsync(cancellationToken);
        }
    }

    private static SseItem<StoredEvent> Item(StoredEvent one) => new(one, one.What == "connected" ? "connected" : "changed") { EventId = one.Number.ToString(System.Globalization.CultureInfo.InvariantCulture) };
}
