using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Billing.Storage;

namespace Billing.Amendments;

/// <summary>The entries of a ledger as documents, under their ids.</summary>
internal static class EntryDocuments
{
    public const string Kind = "entries";

    public static LedgerDocument Write(LedgerEntry entry)
    {
        ArrayBufferWriter<byte> buffer = new(512);
        using (Utf8JsonWriter json = JsonText.NewWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("kind", entry.Kind.ToString());
            json.WriteNumber("number", entry.Number);
            json.WriteString("of", entry.Of);
            json.WriteString("reason", entry.Reason);
            json.WriteString("startedAt", Text(entry.StartedAt));
            json.WriteString("endedAt", entry.EndedAt is { } ended ? Text(ended) : null);
            ControlTotalsJson.Write(json, "takenOut", entry.TakenOut);
            ControlTotalsJson.Write(json, "putBack", entry.PutBack);
            json.WriteNumber("changed", entry.Changed);
            ControlTotalsJson.Write(json, "difference", entry.Difference);
            json.WriteString("revertedBy", entry.RevertedBy);
            if (entry.Month is { } month)
            {
                json.WriteString("month", month.ToString());
                json.WriteString("document", entry.Document);
            }

            json.WriteEndObject();
        }

        return new LedgerDocument(Kind, entry.Id, buffer.WrittenMemory);
    }

    public static LedgerEntry Read(LedgerDocument document)
    {
        using JsonDocument parsed = JsonDocument.Parse(document.Body);
        JsonElement json = parsed.RootElement;
        return new LedgerEntry
        {
            Id = document.Id,
            Kind = Enum.Parse<LedgerEntryKind>(json.GetProperty("kind").GetString()!),
            Number = json.GetProperty("number").GetInt32(),
            Of = json.GetProperty("of").GetString(),
            Reason = json.GetProperty("reason").GetString(),
            StartedAt = Time(json.GetProperty("startedAt").GetString()!),
            EndedAt = json.GetProperty("endedAt").GetString() is { } ended ? Time(ended) : null,
            TakenOut = ControlTotalsJson.Read(json, "takenOut"),
            PutBack = ControlTotalsJson.Read(json, "putBack"),
            Changed = json.GetProperty("changed").GetInt64(),
            Difference = ControlTotalsJson.Read(json, "difference"),
            RevertedBy = json.GetProperty("revertedBy").GetString(),
            Month = json.TryGetProperty("month", out JsonElement month) ? BillingMonth.Parse(month.GetString()!) : null,
            Document = json.TryGetProperty("document", out JsonElement closed) ? closed.GetString() : null,
        };
    }

    /// <summary>Reads an entry, or returns null if a document is none.</summary>
    public static LedgerEntry? TryRead(LedgerDocument document)
    {
        try
        {
            return Read(document);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or ArgumentException or InvalidOperationException or KeyNotFoundException or OverflowException)
        {
            return null;
        }
    }

    public static async ValueTask<LedgerEntry?> FindAsync(IAmendableStore store, string id, CancellationToken cancellationToken) =>
        // What is no id of a document is the id of no entry; some stores refuse to look for it.
        id.Length <= LedgerDocument.LongestId && LedgerDocument.IsId(id) && await store.FindDocumentAsync(Kind, id, cancellationToken).ConfigureAwait(false) is { } document ? Read(document) : null;

    /// <summary>Returns the entries, in the order in which they began.</summary>
    public static async IAsyncEnumerable<LedgerEntry> AllAsync(IAmendableStore store, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (LedgerDocument document in Documents.AllAsync(store, new DocumentQuery { Kind = Kind }, cancellationToken).ConfigureAwait(false))
        {
            yield return Read(document);
        }
    }

    private static string Text(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string text) => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
}
