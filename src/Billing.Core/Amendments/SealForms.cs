using System.Globalization;
using System.Text;
using Billing.Fingerprints;
using Billing.Storage;

namespace Billing.Amendments;

/// <summary>The bytes that seals are the SHA-256 of (docs/seals.md): values, each as its length in bytes, a colon, the bytes and a comma.</summary>
internal static class SealForms
{
    /// <summary>Writes a record, with every field as it is.</summary>
    public static void Write(FormBuffer form, SealedFields fields, BillingRecord record)
    {
        form.Write("record.v1,"u8);
        RecordFields.Write(record, fields);
    }

    /// <summary>Writes a row in quarantine, without what a later run may change: the reason, the detail, the amount, the currency and the resolution.</summary>
    public static void Write(FormBuffer form, QuarantinedRecord row)
    {
        form.Write("quarantined.v1,"u8);
        WriteText(form, row.Key.ToString());
        WriteText(form, row.RunId);
        WriteText(form, row.Source.Name);
        WriteNumber(form, row.Source.Line);
        WriteNumber(form, row.Source.ByteOffset);
        WriteText(form, row.Scope);
        WriteBytes(form, row.Raw.Span);
        WriteNumber(form, row.RawLength);
        WriteText(form, row.Format.ToString());
        WriteText(form, row.Header);
        WriteText(form, row.Separator?.ToString());
    }

    /// <summary>Writes the document of a change.</summary>
    public static void Write(FormBuffer form, LedgerDocument change)
    {
        form.Write("change.v1,"u8);
        WriteText(form, change.Id);
        WriteBytes(form, change.Body.Span);
    }

    /// <summary>The SHA-256 of a seal, over everything else in it.</summary>
    public static string HashOf(LedgerSeal seal)
    {
        FormBuffer form = new();
        form.Write("seal.v1,"u8);
        WriteNumber(form, seal.Number);
        WriteText(form, seal.Of);
        WriteText(form, SealDocuments.TextOf(seal.Kind));
        WriteText(form, seal.Report);
        WriteText(form, seal.Content);
        WriteNumber(form, seal.Records);
        WriteNumber(form, seal.Quarantined);
        WriteNumber(form, seal.Changes);
        WriteText(form, seal.Previous);
        WriteText(form, SealDocuments.TextOf(seal.SealedAt));
        return form.Hash().ToString();
    }

    /// <summary>The SHA-256 of a report as JSON, without the entry that took the run back: that comes later.</summary>
    public static string HashOf(IngestReport run) => Sha256Digest.Of(ReportJson.Write(run with { RevertedBy = null })).ToString();

    /// <summary>The SHA-256 of an entry as JSON, without the entry that took it back.</summary>
    public static string HashOf(LedgerEntry entry) => Sha256Digest.Of(EntryDocuments.Write(entry with { RevertedBy = null }).Body.Span).ToString();

    public static void WriteText(FormBuffer form, string? text)
    {
        if (text is null)
        {
            form.Write("-,"u8);
        }
        else if (Ascii.IsValid(text))
        {
            Span<byte> span = form.GetSpan(CanonicalField.LongestLength + text.Length + 1);
            int length = CanonicalField.FormatLength(span, text.Length);
            _ = Ascii.FromUtf16(text, span[length..], out int written);
            length += written;
            span[length] = (byte)',';
            form.Advance(length + 1);
        }
        else
        {
            CanonicalText.WriteUtf8(form, text);
            form.Write(","u8);
        }
    }

    public static void WriteBytes(FormBuffer form, ReadOnlySpan<byte> bytes)
    {
        Span<byte> span = form.GetSpan(CanonicalField.LongestLength + bytes.Length + 1);
        int length = CanonicalField.FormatLength(span, bytes.Length);
        bytes.CopyTo(span[length..]);
        length += bytes.Length;
        span[length] = (byte)',';
        form.Advance(length + 1);
    }

    public static void WriteNumber(FormBuffer form, long number)
    {
        Span<byte> digits = stackalloc byte[20];
        _ = number.TryFormat(digits, out int length, default, CultureInfo.InvariantCulture);
        WriteBytes(form, digits[..length]);
    }
}
