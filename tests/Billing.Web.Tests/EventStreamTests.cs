using System.Net.ServerSentEvents;
using System.Threading.Channels;
using Billing.Web.Contracts;
using Billing.Web.Events;
using Microsoft.Extensions.Time.Testing;

namespace Billing.Web.Tests;

/// <summary>A stream of events is never quiet for longer than a heartbeat, and ends with its client or the host.</summary>
public sealed class EventStreamTests
{
    private readonly CountingTime _time = new();
    private readonly Channel<SseItem<string>> _events = Channel.CreateUnbounded<SseItem<string>>();

    [Fact]
    public async Task A_heartbeat_comes_at_once_and_after_each_interval_in_which_nothing_came()
    {
        await using IAsyncEnumerator<SseItem<string?>> stream = Read(CancellationToken.None, WebHost.Cancellation);
        await BeatAsync(stream, at: TimeSpan.Zero);
        await BeatAsync(stream, Heartbeat.Interval);
        await BeatAsync(stream, Heartbeat.Interval);
        Task<SseItem<string?>> next = NextAsync(stream);
        _time.Advance(Heartbeat.Interval - TimeSpan.FromMilliseconds(1));
        Assert.False(next.IsCompleted);
        Assert.True(_events.Writer.TryWrite(new SseItem<string>("a", "changed") { EventId = "3" }));
        SseItem<string?> item = await next;
        Assert.Equal(("a", "changed", "3"), (item.Data, item.EventType, item.EventId));
        await BeatAsync(stream, Heartbeat.Interval);
        _events.Writer.Complete();
        Assert.False(await stream.MoveNextAsync());
    }

    [Fact]
    public async Task A_stream_that_is_left_while_it_waits_ends_and_leaves_no_timer()
    {
        using CancellationTokenSource stopping = new();
        await using (IAsyncEnumerator<SseItem<string?>> stopped = Read(stopping.Token, WebHost.Cancellation))
        {
            await BeatAsync(stopped, at: TimeSpan.Zero);
            Task<bool> more = stopped.MoveNextAsync().AsTask();
            await stopping.CancelAsync();
            Assert.False(await more.WaitAsync(TimeSpan.FromSeconds(20), WebHost.Cancellation));
        }

        using CancellationTokenSource gone = new();
        await using (IAsyncEnumerator<SseItem<string?>> left = Read(CancellationToken.None, gone.Token))
        {
            await BeatAsync(left, at: TimeSpan.Zero);
            Task<bool> more = left.MoveNextAsync().AsTask();
            await gone.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => more.WaitAsync(TimeSpan.FromSeconds(20), WebHost.Cancellation));
        }

        // Its client could not be written to: it is put away in the middle of waiting for the next event.
        IAsyncEnumerator<SseItem<string?>> dropped = Read(CancellationToken.None, WebHost.Cancellation);
        await BeatAsync(dropped, at: TimeSpan.Zero);
        await BeatAsync(dropped, Heartbeat.Interval);
        await dropped.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), WebHost.Cancellation);
        Assert.Equal(0, _time.Waiting);
    }

    [Fact]
    public void Several_heartbeats_may_be_late_before_a_page_gives_a_stream_up() => Assert.True(Heartbeat.LongestSilence >= 3 * Heartbeat.Interval);

    [Fact]
    public async Task Both_streams_of_the_host_begin_with_a_heartbeat_that_has_no_number()
    {
        await using WebHost host = new();
        using HttpClient page = host.Page();
        string upload = await WebHost.UploadAsync(page, "large.csv", ImportTests.Large(20_000));
        ImportReply begun = await WebHost.SendAsync<ImportReply>(page, HttpMethod.Post, $"/api/uploads/{upload}/import", new ImportTerms(), 202);
        foreach (string path in (string[])["/api/events", $"/api/imports/{begun.Id}/events"])
        {
            using HttpRequestMessage request = new(HttpMethod.Get, path);
            request.Headers.Add("Last-Event-ID", "7");
            using HttpResponseMessage response = await page.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, WebHost.Cancellation);
            using Stream events = await response.Content.ReadAsStreamAsync(WebHost.Cancellation);
            await using IAsyncEnumerator<SseItem<string>> items = SseParser.Create(events).EnumerateAsync(WebHost.Cancellation).GetAsyncEnumerator(WebHost.Cancellation);
            Assert.True(await items.MoveNextAsync());
            Assert.Equal((Heartbeat.EventType, "", null), (items.Current.EventType, items.Current.Data, items.Current.EventId));
        }
    }

    private IAsyncEnumerator<SseItem<string?>> Read(CancellationToken stopping, CancellationToken cancellationToken) =>
        EventStream.UntilAsync(_events.Reader.ReadAllAsync(WebHost.Cancellation), _time, stopping, cancellationToken).GetAsyncEnumerator(cancellationToken);

    private async Task BeatAsync(IAsyncEnumerator<SseItem<string?>> stream, TimeSpan at)
    {
        Task<SseItem<string?>> next = NextAsync(stream);
        _time.Advance(at);
        Assert.Equal((Heartbeat.EventType, null), ((await next).EventType, (await next).Data));
    }

    private static async Task<SseItem<string?>> NextAsync(IAsyncEnumerator<SseItem<string?>> stream)
    {
        Assert.True(await stream.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), WebHost.Cancellation));
        return stream.Current;
    }

    /// <summary>Knows how many timers wait.</summary>
    private sealed class CountingTime : FakeTimeProvider
    {
        private int _waiting;

        public int Waiting => _waiting;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Increment(ref _waiting);
            return new CountedTimer(base.CreateTimer(callback, state, dueTime, period), () => Interlocked.Decrement(ref _waiting));
        }

        private sealed class CountedTimer(ITimer timer, Action ended) : ITimer
        {
            private Action? _ended = ended;

            public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

            public void Dispose()
            {
                timer.Dispose();
                Interlocked.Exchange(ref _ended, null)?.Invoke();
            }

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
