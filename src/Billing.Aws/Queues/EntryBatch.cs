using System.Globalization;
using System.Text.Json;
using Billing.Aws.Requests;

namespace Billing.Aws.Queues;

/// <summary>One call of up to ten entries, and again for those that failed in a way that may pass. Entries that the answer does not name have failed.</summary>
internal sealed class EntryBatch(AwsConnection connection, QueueAddress address, string operation, IReadOnlyList<int> entries)
{
    private List<int> _left = [.. entries];

    /// <summary>Sends the entries, and gives each its outcome.</summary>
    /// <param name="write">Writes an entry, without its id.</param>
    /// <param name="outcomes">Gets an outcome for each entry, at its number.</param>
    /// <param name="md5Of">The MD5 that an entry must be confirmed by; null where none is.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task SendAsync(Action<Utf8JsonWriter, int> write, SqsEntryOutcome?[] outcomes, Func<int, string>? md5Of, CancellationToken cancellationToken)
    {
        try
        {
            Uri url = await address.GetAsync(cancellationToken).ConfigureAwait(false);
            await connection.Retries.EntriesAsync(
                $"{AwsService.Sqs.Name} {operation}",
                async token =>
                {
                    AwsReply reply = await connection.SendAsync(Request(url, write), token).ConfigureAwait(false);
                    _left = QueueJson.Read(reply, operation, root => Take(root, outcomes, md5Of));
                    return _left.Count;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (AwsException e)
        {
            // The whole call failed; what an earlier one confirmed stays confirmed.
            foreach (int index in _left)
            {
                outcomes[index] = SqsEntryOutcome.Failed(e.ErrorCode, e.Message);
            }
        }
    }

    private AwsRequest Request(Uri url, Action<Utf8JsonWriter, int> write) => QueueJson.Request(operation, url, writer =>
    {
        writer.WriteStartArray("Entries");
        foreach (int index in _left)
        {
            writer.WriteStartObject();
            writer.WriteString("Id", Id(index));
            write(writer, index);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    /// <summary>Takes what an answer says.</summary>
    /// <returns>The entries to send again.</returns>
    private List<int> Take(JsonElement root, SqsEntryOutcome?[] outcomes, Func<int, string>? md5Of)
    {
        Dictionary<string, JsonElement> succeeded = Named(root, "Successful");
        Dictionary<string, JsonElement> failed = Named(root, "Failed");
        List<int> again = [];
        foreach (int index in _left)
        {
            (SqsEntryOutcome outcome, bool passes) = succeeded.TryGetValue(Id(index), out JsonElement entry) ? (Confirmed(entry, md5Of?.Invoke(index)), false)
                : failed.TryGetValue(Id(index), out entry) ? Failed(entry)
                : (SqsEntryOutcome.Failed("NotAnswered", "The answer does not name the entry."), true);
            outcomes[index] = outcome;
            if (passes)
            {
                again.Add(index);
            }
        }

        return again;
    }

    private static SqsEntryOutcome Confirmed(JsonElement entry, string? md5) =>
        md5 is not null && Text(entry, "MD5OfMessageBody") is { } confirmed && confirmed != md5
            ? SqsEntryOutcome.Failed("DamagedBody", "The queue holds another body than was sent: the MD5 differs.")
            : new SqsEntryOutcome(true, Text(entry, "MessageId"));

    private static (SqsEntryOutcome Outcome, bool Passes) Failed(JsonElement entry)
    {
        string code = Text(entry, "Code") ?? "Unknown";
        bool isSendersFault = entry.TryGetProperty("SenderFault", out JsonElement fault) && fault.ValueKind == JsonValueKind.True;
        return (SqsEntryOutcome.Failed(code, AwsErrors.Clean(Text(entry, "Message"))), !isSendersFault || AwsErrors.IsPassing(code));
    }

    private static Dictionary<string, JsonElement> Named(JsonElement root, string list) =>
        root.TryGetProperty(list, out JsonElement entries) && entries.ValueKind == JsonValueKind.Array
            ? entries.EnumerateArray().ToDictionary(entry => entry.GetProperty("Id").GetString()!, StringComparer.Ordinal)
            : [];

    private static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Id(int index) => string.Create(CultureInfo.InvariantCulture, $"m{index}");
}
