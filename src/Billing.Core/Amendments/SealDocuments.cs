using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Billing.Storage;

namespace Billing.Amendments;

/// <summary>The seals of a ledger as documents, under their numbers.</summary>
internal static class SealDocuments
{
    public const string Kind = "seals";

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>What the first seal has instead of the hash of the one before it.</summary>
    public static string None { get; } = new('0', 64);

    public static string IdOf(long number) => number.ToString("D12", CultureInfo.InvariantCulture);

    public static string TextOf(LedgerSealKind kind) => kind == LedgerSealKind.Run ? "run" : "entry";

    public static string TextOf(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    public static bool TryTimeOf(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    public static DateTimeOffset TimeOf(string text) => TryTimeOf(text, out DateTimeOffset time) ? time : throw new FormatException($"'{text}' is not a time such as 2026-11-30T17:00:00Z.");

    /// <summary>Writes a seal, with the marks that it keeps (<see cref="SealMarks"/>). They are not part of its hash.</summary>
    public static LedgerDocument Write(LedgerSeal seal, SealMarks? marks = null)
    {
        ArrayBufferWriter<byte> buffer = new(512);
        using (Utf8JsonWriter json = JsonText.NewWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("number", seal.Number);
            json.WriteString("of", seal.Of);
            json.WriteString("kind", TextOf(seal.Kind));
            json.WriteString("report", seal.Report);
            json.WriteString("content", seal.Content);
            json.WriteNumber("records", seal.Records);
            json.WriteNumber("quarantined", seal.Quarantined);
            json.WriteNumber("changes", seal.Changes);
            json.WriteString("previous", seal.Previous);
            json.WriteString("at", TextOf(seal.SealedAt));
            json.WriteString("hash", seal.Hash);
            if (marks is not null && marks.InSeal.Length > 0)
            {
                json.WriteBase64String("marks", marks.InSeal);
            }

            json.WriteEndObject();
        }

        return new LedgerDocument(Kind, IdOf(seal.Number), buffer.WrittenMemory);
    }

    /// <summary>Reads a seal.</summary>
    /// <exception cref="BillingException">The document is not a seal.</exception>
    public static LedgerSeal Read(LedgerDocument document)
    {
        try
        {
            using JsonDocument parsed = JsonDocument.Parse(document.Body);
            JsonElement json = parsed.RootElement;
            return new LedgerSeal
            {
                Number = json.GetProperty("number").GetInt64(),
                Of = Text(json, "of"),
                Kind = Text(json, "kind") switch { "run" => LedgerSealKind.Run, "entry" => LedgerSealKind.Entry, _ => throw new FormatException("The kind is neither run nor entry.") },
                Report = Text(json, "report"),
                Content = Text(json, "content"),
                Records = json.GetProperty("records").GetInt64(),
                Quarantined = json.GetProperty("quarantined").GetInt64(),
                Changes = json.GetProperty("changes").GetInt64(),
                Previous = Text(json, "previous"),
                SealedAt = TimeOf(Text(json, "at")),
                Hash = Text(json, "hash"),
            };
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new BillingException($"The document {document} is not a seal: {exception.Message}", exception);
        }
    }

    /// <summary>The marks that the document of a seal keeps; nothing if it keeps none that can be read.</summary>
    public static ReadOnlySpan<byte> MarksOf(LedgerDocument document)
    {
        try
        {
            using JsonDocument parsed = JsonDocument.Parse(document.Body);
            return parsed.RootElement.TryGetProperty("marks", out JsonElement marks) && marks.TryGetBytesFromBase64(out byte[]? bytes) ? bytes : [];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return [];
        }
    }

    public static async ValueTask<LedgerSeal?> FindAsync(IAmendableStore store, long number, CancellationToken cancellationToken) =>
        await store.FindDocumentAsync(Kind, IdOf(number), cancellationToken).ConfigureAwait(false) is { } document ? Read(document) : null;

    /// <summary>Returns the last seal, or null if there is none. It sees every seal that was made.</summary>
    public static async ValueTask<LedgerSeal?> FindLastAsync(IAmendableStore store, CancellationToken cancellationToken)
    {
        Page<LedgerDocument> page = await store.GetDocumentsAsync(new DocumentQuery { Kind = Kind, LastFirst = true, PageSize = 1 }, cancellationToken).ConfigureAwait(false);
        LedgerSeal? last = page.Items.Count == 0 ? null : Read(page.Items[0]);

        // Some listings lag.
        while (await FindAsync(store, (last?.Number ?? 0) + 1, cancellationToken).ConfigureAwait(false) is { } next && next.Number == (last?.Number ?? 0) + 1)
        {
            last = next;
        }

        return last;
    }

    /// <summary>Returns the seals as they are stored, in the order of their numbers.</summary>
    public static IAsyncEnumerable<LedgerDocument> AllAsync(IAmendableStore store, CancellationToken cancellationToken) =>
        Documents.AllAsync(store, new DocumentQuery { Kind = Kind }, cancellationToken);

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new FormatException($"There is no '{name}'.");
}
