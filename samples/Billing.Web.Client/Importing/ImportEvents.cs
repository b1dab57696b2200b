using System.Net.ServerSentEvents;
using System.Text.Json;
using Billing.Web.Client.Host;
using Billing.Web.Contracts;
using Microsoft.AspNetCore.Components.WebAssembly.Http;

namespace Billing.Web.Client.Importing;

/// <summary>The server-sent events of an import, until the stream ends or breaks off.</summary>
public sealed class ImportEvents(HostApi api)
{
    // A connection that died without a word is given up, and the state is asked for.
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(20);

    /// <summary>Reads the events.</summary>
    /// <returns>Whether one came.</returns>
    public async Task<bool> ReadAsync(string importId, Func<ImportReply, Task> tell)
    {
        bool came = false;
        using CancellationTokenSource silent = new(s_silence);
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Get, $"api/imports/{importId}/events");
            request.SetBrowserResponseStreamingEnabled(true);
            using HttpResponseMessage response = await api.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silent.Token);
            if (!response.IsSuccessStatusCode || response.Content.Headers.ContentType?.MediaType != "text/event-stream")
            {
                return false;
            }

            await using Stream stream = await response.Content.ReadAsStreamAsync(silent.Token);
            await foreach (SseItem<string> item in SseParser.Create(stream).EnumerateAsync(silent.Token))
            {
                silent.CancelAfter(s_silence);
                if (item.EventType is "progress" or "ended" && JsonSerializer.Deserialize(item.Data, WebJsonContext.Default.ImportReply) is { } state)
                {
                    came = true;
                    await tell(state);
                }

                if (item.EventType == "ended")
                {
                    break;
                }
            }
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or JsonException or OperationCanceledException)
        {
            // The state is asked for.
        }

        return came;
    }
}
