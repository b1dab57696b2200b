using System.Net.ServerSentEvents;
using System.Text.Json;
using Billing.Web.Contracts;

namespace Billing.Web.Client.Host;

/// <summary>Says when something was stored, by server-sent events. A connection that broke, or died without a word, is taken up again.</summary>
public sealed class LiveEvents(EventReader events, Connection connection, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan s_firstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(20);
    private readonly CancellationTokenSource _closing = new();
    private bool _isStarted;

    /// <summary>Raised with what changed, such as <c>records</c>; with <c>all</c> after a broken connection.</summary>
    public event Action<string>? Changed;

    /// <summary>Begins to listen, once.</summary>
    /// <param name="after">The number of the last event that the page need not hear of; null for all that came before it listens.</param>
    public void Start(long? after = null)
    {
        if (!_isStarted)
        {
            _isStarted = true;
            _ = ListenAsync(after, _closing.Token);
        }
    }

    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
    }

    /// <summary>Says that everything may have changed.</summary>
    public void TellAll() => Changed?.Invoke("all");

    private async Task ListenAsync(long? last, CancellationToken cancellationToken)
    {
        TimeSpan wait = s_firstWait;
        bool wasCut = false;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await foreach (SseItem<string> item in events.ReadAsync("api/events", last, Opened, cancellationToken))
                {
                    if (item.EventType == "changed" && JsonSerializer.Deserialize(item.Data, WebJsonContext.Default.StoredEvent) is { } stored)
                    {
                        last = stored.Number;
                        Changed?.Invoke(stored.What);
                    }
                }
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException or JsonException)
            {
                connection.Tell(isUp: false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Given up by the browser, or nothing was heard for too long.
                connection.Tell(isUp: false);
            }
            catch (OperationCanceledException)
            {
                // The page is closed.
            }

            // A session that has ended, a host that is busy, a stream that ends without a word: it is tried again.
            wasCut = true;
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            wait = wait * 2 > s_longestWait ? s_longestWait : wait * 2;
        }

        void Opened()
        {
            Begin(wasCut);
            wait = s_firstWait;
        }
    }

    // What happened while nothing was heard is not known.
    private void Begin(bool wasCut)
    {
        if (!connection.IsUp)
        {
            // The pages hear of everything by the connection.
            connection.Tell(isUp: true);
        }
        else if (wasCut)
        {
            TellAll();
        }
    }
}
