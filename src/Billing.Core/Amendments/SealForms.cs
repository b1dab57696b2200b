using System.Text;
using Billing.Fingerprints;
using Billing.Storage;

namespace Billing.Amendments;

/// <summary>The texts that seals are the SHA-256 of (docs/seals.md): lines of a name, a length in bytes, a colon and a value.</summary>
internal static class SealForms
{
    /// <summary>Writes a record, with every field as it is.</summary>
    public static void Write(FormBuffer form, BillingRecord record)
    {
        form.Write("billing.sealed.record.v1\n"u8);
        RecordFields.Write(record, new SealedFields(form));
    }

    /// <summary>Writes a row in quarantine, without what a later run may change: the reason, the detail, the amount, the currency and the resolution.</summary>
    public static void Write(FormBuffer form, QuarantinedRecord row)
    {
        form.Write("billing.sealed.quarantined.v1\n"u8);
        CanonicalField.WriteDigest(form, "key"u8, row.Key.Digest);
        WriteText(form, "run_id"u8, row.RunId);
        WriteText(form, "source"u8, row.Source.Name);
        CanonicalField.WriteNumber(form, "line"u8, row.Source.Line);
        CanonicalField.WriteNumber(form, "byte_offset"u8, row.Source.ByteOffset);
        WriteText(form, "scope"u8, row.Scope);
        CanonicalField.WriteBytes(form, "raw"u8, row.Raw.Span);
        CanonicalField.WriteNumber(form, "raw_bytes"u8, row.RawLength);
        WriteText(form, "format"u8, row.Format.ToString());
        WriteText(form, "header"u8, row.Header);
        WriteText(form, "separator"u8, row.Separator?.ToString());
    }

    /// <summary>Writes the document of a change.</summary>
    public static void Write(FormBuffer form, LedgerDocument change)
    {
        form.Write("billing.sealed.change.v1\n"u8);
        WriteText(form, "id"u8, change.Id);
        CanonicalField.WriteBytes(form, "body"u8, change.Body.Span);
    }

    /// <summary>The SHA-256 of a seal, over everything else in it.</summary>
    public static string HashOf(LedgerSeal seal)
    {
        FormBuffer form = new();
        form.Write("billing.seal.v1\n"u8);
        CanonicalField.WriteNumber(form, "number"u8, seal.Number);
        WriteText(form, "of"u8, seal.Of);
        WriteText(form, "kind"u8, SealDocuments.TextOf(seal.Kind));
        WriteText(form, "report"u8, seal.Report);
        WriteText(form, "content"u8, seal.Content);
        CanonicalField.WriteNumber(form, "records"u8, seal.Records);
        CanonicalField.WriteNumber(form, "quarantined"u8, seal.Quarantined);
        CanonicalField.WriteNumber(form, "changes"u8, seal.Changes);
        WriteText(form, "previous"u8, seal.Previous);
        WriteText(form, "at"u8, SealDocuments.TextOf(seal.SealedAt));
        return form.Hash().ToString();
    }

    /// <summary>The SHA-256 of a report as JSON, without the entry that took the run back: that comes later.</summary>
    public static string HashOf(IngestReport run) => Sha256Digest.Of(ReportJson.Write(run with { RevertedBy = null })).ToString();

    /// <summary>The SHA-256 of an entry as JSON, without the entry that took it back.</summary>
    public static string HashOf(LedgerEntry entry) => Sha256Digest.Of(EntryDocuments.Write(entry with { RevertedBy = null }).Body.Span).ToString();

    public static void WriteText(FormBuffer form, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            form.Write(name);
            form.Write(" "u8);
            WriteValue(form, text);
            form.Write("\n"u8);
        }
    }

    /// <summary>Writes the length of a text in bytes, a colon, and the text as it is.</summary>
    public static void WriteValue(FormBuffer form, string text)
    {
        if (!Ascii.IsValid(text))
        {
            CanonicalText.WriteUtf8(form, text);
            return;
        }

        Span<byte> span = form.GetSpan(CanonicalField.LongestLength + text.Length);
        int start = CanonicalField.FormatLength(span, text.Length);
        _ = Ascii.FromUtf16(text, span[start..], out int written);
        form.Advance(start + written);
    }
}
