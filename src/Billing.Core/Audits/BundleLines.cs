using System.Globalization;
using System.Text;
using System.Text.Json;
using Billing.Amendments;
using Billing.Storage;

namespace Billing.Audits;

/// <summary>The lines of the files of a bundle. Every text is exact: JSON escapes what could not stand in a line.</summary>
internal static class BundleLines
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void Write(Utf8JsonWriter json, BillingRecord record)
    {
        json.WriteStartObject();
        RecordFields.Write(record, new RecordJsonWriter(json));
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, QuarantinedRecord row)
    {
        json.WriteStartObject();
        json.WriteString("key", row.Key.ToString());
        json.WriteString("run_id", row.RunId);
        json.WriteString("source", row.Source.Name);
        json.WriteNumber("line", row.Source.Line);
        json.WriteNumber("byte_offset", row.Source.ByteOffset);
        json.WriteString("scope", row.Scope);
        WriteBytes(json, "raw", row.Raw.Span);
        json.WriteNumber("raw_length", row.RawLength);
        json.WriteString("format", row.Format.ToString());
        json.WriteString("header", row.Header);
        json.WriteString("separator", row.Separator?.ToString());
        json.WriteString("reason", row.Reason);
        json.WriteString("detail", row.Detail);
        json.WriteString("amount", row.Amount?.ToString(CultureInfo.InvariantCulture));
        json.WriteString("currency", row.CurrencyCode);
        json.WriteString("resolution", row.Resolution);
        json.WriteEndObject();
    }

    /// <summary>Writes a document with its id and its body as text: a reader has the bytes that were hashed.</summary>
    public static void Write(Utf8JsonWriter json, LedgerDocument document)
    {
        json.WriteStartObject();
        json.WriteString("id", document.Id);
        WriteBytes(json, "body", document.Body.Span);
        json.WriteEndObject();
    }

    // As text; what is no UTF-8 in base64, under another name.
    private static void WriteBytes(Utf8JsonWriter json, string name, ReadOnlySpan<byte> bytes)
    {
        string? text = null;
        try
        {
            text = s_strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            json.WriteBase64String($"{name}_base64", bytes);
        }

        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }
}
