using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Billing.Fingerprints;
using Billing.Storage;

namespace Billing.Amendments;

/// <summary>The closings of months as documents, under the month, a stroke and the number. The entry of a closing has the SHA-256 of its document.</summary>
internal static class ClosingDocuments
{
    public const string Kind = "closings";

    public static string IdOf(BillingMonth month, int number) => string.Create(CultureInfo.InvariantCulture, $"{month}/{number:D6}");

    /// <exception cref="BillingException">It is too large for a document.</exception>
    public static LedgerDocument Write(MonthClosing closing)
    {
        ArrayBufferWriter<byte> buffer = new(4096);
        using (Utf8JsonWriter json = JsonText.NewWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("month", closing.Month.ToString());
            json.WriteNumber("number", closing.Number);
            json.WriteString("entry", closing.EntryId);
            json.WriteString("closedAt", closing.ClosedAt.ToString("O", CultureInfo.InvariantCulture));
            json.WriteString("reason", closing.Reason);
            WriteTexts(json, "incomplete", closing.Incomplete);
            json.WriteString("zone", closing.Zone);
            json.WriteString("rules", closing.Rules);
            json.WriteString("rates", closing.Rates);
            json.WriteString("rounding", closing.Rounding.ToString());
            json.WriteString("reportingCurrency", closing.ReportingCurrency);
            ControlTotalsJson.Write(json, "billed", closing.Billed);
            ControlTotalsJson.Write(json, "reporting", closing.Reporting);
            ControlTotalsJson.Write(json, "difference", closing.Difference);
            json.WriteString("sha256", closing.Sha256);
            json.WriteString("figuresSha256", closing.FiguresSha256);
            WriteTexts(json, "runs", closing.Runs);
            json.WriteEndObject();
        }

        return buffer.WrittenCount <= LedgerDocument.LongestBody
            ? new LedgerDocument(Kind, IdOf(closing.Month, closing.Number), buffer.WrittenMemory)
            : throw new BillingException($"The rules and rates of {closing.Month} take more than {LedgerDocument.LongestBody} bytes, and cannot be kept with its closing. Close it with shorter ones.");
    }

    /// <exception cref="BillingException">The document is not a closing.</exception>
    public static MonthClosing Read(LedgerDocument document)
    {
        try
        {
            using JsonDocument parsed = JsonDocument.Parse(document.Body);
            JsonElement json = parsed.RootElement;
            return new MonthClosing
            {
                Month = BillingMonth.Parse(Required(json, "month")),
                Number = json.GetProperty("number").GetInt32(),
                EntryId = Required(json, "entry"),
                ClosedAt = DateTimeOffset.ParseExact(Required(json, "closedAt"), "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
                Reason = json.GetProperty("reason").GetString(),
                Incomplete = Texts(json, "incomplete") ?? [],
                Zone = json.GetProperty("zone").GetString(),
                Rules = json.GetProperty("rules").GetString(),
                Rates = json.GetProperty("rates").GetString(),
                Rounding = Enum.Parse<MidpointRounding>(Required(json, "rounding")),
                ReportingCurrency = json.GetProperty("reportingCurrency").GetString(),
                Billed = ControlTotalsJson.Read(json, "billed"),
                Reporting = ControlTotalsJson.Read(json, "reporting"),
                Difference = ControlTotalsJson.Read(json, "difference"),
                Sha256 = Required(json, "sha256"),
                FiguresSha256 = Required(json, "figuresSha256"),
                Runs = Texts(json, "runs"),
            };
        }
        catch (Exception exception) when (exception is JsonException or FormatException or ArgumentException or InvalidOperationException or KeyNotFoundException)
        {
            throw new BillingException($"The closing {document.Id} cannot be read any more: {exception.Message} It was changed by another program; billing verify says what else was.", exception);
        }
    }

    /// <summary>The closings of a month, each found by its number: some listings lag.</summary>
    public static async ValueTask<List<MonthClosing>> AllOfAsync(IAmendableStore store, BillingMonth month, CancellationToken cancellationToken)
    {
        List<MonthClosing> closings = [];
        while (await store.FindDocumentAsync(Kind, IdOf(month, closings.Count), cancellationToken).ConfigureAwait(false) is { } document)
        {
            closings.Add(Read(document));
        }

        return closings;
    }

    /// <summary>The entry of a closing: all that it says follows from the document.</summary>
    public static LedgerEntry EntryOf(MonthClosing closing, LedgerDocument document) => new()
    {
        Id = closing.EntryId,
        Kind = LedgerEntryKind.Closing,
        Number = closing.Number,
        Month = closing.Month,
        Document = Sha256Of(document),
        Reason = closing.Reason,
        StartedAt = closing.ClosedAt,
        EndedAt = closing.ClosedAt,
        Difference = closing.Difference,
    };

    public static string Sha256Of(LedgerDocument document) => Sha256Digest.Of(document.Body.Span).ToString();

    /// <summary>Makes the entries of closings that were interrupted before they had one.</summary>
    /// <param name="store">The ledger.</param>
    /// <param name="month">The month; null for all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The entries that were made. They are not sealed yet.</returns>
    public static async ValueTask<IReadOnlyList<LedgerEntry>> CompleteAsync(IAmendableStore store, BillingMonth? month, CancellationToken cancellationToken)
    {
        List<LedgerEntry> made = [];
        DocumentQuery query = new() { Kind = Kind, IdPrefix = month is null ? null : $"{month}/" };
        await foreach (LedgerDocument document in Documents.AllAsync(store, query, cancellationToken).ConfigureAwait(false))
        {
            LedgerEntry entry = EntryOf(Read(document), document);
            if (await store.AddDocumentAsync(EntryDocuments.Write(entry), cancellationToken).ConfigureAwait(false))
            {
                made.Add(entry);
            }
        }

        return made;
    }

    private static string Required(JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is missing.");

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string>? texts)
    {
        json.WritePropertyName(name);
        if (texts is null)
        {
            json.WriteNullValue();
        }
        else
        {
            JsonText.Write(json, texts);
        }
    }

    private static IReadOnlyList<string>? Texts(JsonElement json, string name) =>
        json.GetProperty(name) is { ValueKind: JsonValueKind.Array } texts ? [.. texts.EnumerateArray().Select(text => text.GetString()!)] : null;
}
