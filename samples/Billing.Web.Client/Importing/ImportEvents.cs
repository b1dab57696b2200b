using System.Net.ServerSentEvents;
using System.Text.Json;
using Billing.Web.Client.Host;
using Billing.Web.Contracts;

namespace Billing.Web.Client.Importing;

/// <summary>The server-sent events of an import, until the stream ends, breaks off or falls silent.</summary>
public sealed class ImportEvents(EventReader events)
{
    /// <summary>Reads the events.</summary>
    /// <returns>Whether one came.</returns>
    public async Task<bool> ReadAsync(string importId, Func<ImportReply, Task> tell)
    {
        bool came = false;
        try
        {
            await foreach (SseItem<string> item in events.ReadAsync($"api/imports/{importId}/events", after: null, () => { }, CancellationToken.None))
            {
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
