using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Billing.Web.Contracts;
using Microsoft.AspNetCore.Components.WebAssembly.Http;

namespace Billing.Web.Client.Host;

/// <summary>Reads server-sent events of the host. A stream that says nothing, not even by a heartbeat, has died: it is given up.</summary>
public sealed class EventReader(HostApi api, TimeProvider time)
{
    /// <summary>Reads a stream, without its heartbeats. What is no stream of events, such as a refusal, has none.</summary>
    /// <param name="path">The path of the stream.</param>
    /// <param name="after">The number of the last event that the page has, or null.</param>
    /// <param name="opened">Called when the stream is there.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="HttpRequestException">The host cannot be reached.</exception>
    /// <exception cref="IOException">The stream broke off.</exception>
    /// <exception cref="OperationCanceledException">Nothing was heard for <see cref="Heartbeat.LongestSilence"/>, or the reading was ended.</exception>
    public async IAsyncEnumerable<SseItem<string>> ReadAsync(string path, long? after, Action opened, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource silent = new(Heartbeat.LongestSilence, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(silent.Token, cancellationToken);
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        request.SetBrowserResponseStreamingEnabled(true);
        if (after is { } number)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", FormattableString.Invariant($"{number}"));
        }

        using HttpResponseMessage response = await api.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
        if (!response.IsSuccessStatusCode || response.Content.Headers.ContentType?.MediaType != "text/event-stream")
        {
            yield break;
        }

        opened();
        await using Stream stream = await response.Content.ReadAsStreamAsync(either.Token);
        await foreach (SseItem<string> item in SseParser.Create(stream).EnumerateAsync(either.Token))
        {
            silent.CancelAfter(Heartbeat.LongestSilence);
            if (item.EventType != Heartbeat.EventType)
            {
                yield return item;
            }
        }
    }
}
