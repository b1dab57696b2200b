using System.Buffers;
using System.Text.Json;
using Billing.Fingerprints;
using Billing.Storage;

namespace Billing.Amendments;

/// <summary>What erasures replaced, as documents of many items under the id of the entry, a stroke, and a number. The seal of the entry covers them.</summary>
internal static class ErasedDocuments
{
    public const string Kind = "erased";

    public static LedgerDocument Write(string entryId, int number, IEnumerable<ErasedItem> items)
    {
        ArrayBufferWriter<byte> buffer = new(1024);
        using (Utf8JsonWriter json = JsonText.NewWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (ErasedItem item in items)
            {
                json.WriteStartObject();
                json.WriteString("part", TextOf(item.Part));
                json.WriteString("id", item.Id);
                json.WriteString("was", item.Was.ToString());
                json.WriteString("is", item.Is.ToString());
                json.WritePropertyName("fields");
                JsonText.Write(json, item.Fields);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return new LedgerDocument(Kind, IdOf(entryId, number), buffer.WrittenMemory);
    }

    public static string IdOf(string entryId, int number) => FormattableString.Invariant($"{entryId}/{number:D6}");

    /// <summary>The id of the entry that a document is of.</summary>
    public static string EntryOf(LedgerDocument document) => document.Id[..Math.Max(0, document.Id.LastIndexOf('/'))];

    /// <summary>Reads a document; null if it is none.</summary>
    public static IReadOnlyList<ErasedItem>? TryRead(LedgerDocument document)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(document.Body);
            return [.. json.RootElement.GetProperty("items").EnumerateArray().Select(Read)];
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    public static IAsyncEnumerable<LedgerDocument> AllAsync(IAmendableStore store, string? entryId, CancellationToken cancellationToken) =>
        Documents.AllAsync(store, new DocumentQuery { Kind = Kind, IdPrefix = entryId is null ? null : entryId + "/" }, cancellationToken);

    private static ErasedItem Read(JsonElement json) => new(
        json.GetProperty("part").GetString() switch
        {
            "record" => ErasedPart.Record,
            "quarantined" => ErasedPart.Quarantined,
            "change" => ErasedPart.Change,
            _ => throw new FormatException("This is no part that can be erased."),
        },
        json.GetProperty("id").GetString() ?? "",
        Digest(json.GetProperty("was")),
        Digest(json.GetProperty("is")),
        [.. json.GetProperty("fields").EnumerateArray().Select(field => field.GetString() ?? "")]);

    private static Sha256Digest Digest(JsonElement json) => Sha256Digest.TryParse(json.GetString(), out Sha256Digest digest) ? digest : throw new FormatException("This is no SHA-256.");

    private static string TextOf(ErasedPart part) => part switch { ErasedPart.Record => "record", ErasedPart.Quarantined => "quarantined", _ => "change" };
}
