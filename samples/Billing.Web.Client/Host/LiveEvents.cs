using System.Net.ServerSentEvents;
using System.Text.Json;
using Billing.Web.Contracts;
using Microsoft.AspNetCore.Components.WebAssembly.Http;

namespace Billing.Web.Client.Host;

/// <summary>Says when something was stored, by server-sent events. A broken connection is taken up again.</summary>
public sealed class LiveEvents(HostApi api, Connection connection) : IDisposable
{
    private static readonly TimeSpan s_firstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(20);
    private readonly CancellationTokenSource _closing = new();
    private bool _isStarted;

    /// <summary>Raised with what changed, such as <c>records</c>; with <c>all</c> after a broken connection.</summary>
    public event Action<string>? Changed;

    /// <summary>Begins to listen, once.</summary>
    public void Start()
    {
        if (!_isStarted)
        {
            _isStarted = true;
            _ = ListenAsync(_closing.Token);
        }
    }

    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
    }

    /// <summary>Says that everything may have changed.</summary>
    public void TellAll() => Changed?.Invoke("all");

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait = s_firstWait;
        long last = -1;
        bool wasCut = false;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                using HttpRequestMessage request = new(HttpMethod.Get, "api/events");
                request.SetBrowserResponseStreamingEnabled(true);
                if (last >= 0)
                {
                    request.Headers.TryAddWithoutValidation("Last-Event-ID", FormattableString.Invariant($"{last}"));
                }

                using HttpResponseMessage response = await api.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
                if (response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType == "text/event-stream")
                {
                    Begin(wasCut);
                    wait = s_firstWait;
                    await using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken);
                    await foreach (SseItem<string> item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
                    {
                        if (item.EventType == "changed" && JsonSerializer.Deserialize(item.Data, WebJsonContext.Default.StoredEvent) is { } stored)
                        {
                            last = stored.Number;
                            Changed?.Invoke(stored.What);
                        }
                    }
                }
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException or JsonException)
            {
                connection.Tell(isUp: false);
            }
            catch (OperationCanceledException)
            {
                // Given up by the browser, or the page is closed: the loop sees which.
            }

            // A session that has ended, a host that is busy, a stream that ends without a word: it is tried again.
            wasCut = true;
            await Task.Delay(wait, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            wait = wait * 2 > s_longestWait ? s_longestWait : wait * 2;
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
