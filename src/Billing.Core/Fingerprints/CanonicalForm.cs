using System.Buffers;
using System.Globalization;
using Billing.Rows;

namespace Billing.Fingerprints;

/// <summary>Writes the canonical forms (docs/canonical-form.md): the bytes whose SHA-256 is a fingerprint.</summary>
internal static class CanonicalForm
{
    // "yyyy-MM-ddTHH:mm:ss.fffffffZ"; a date and the longest decimal are shorter.
    private const int LongestValue = 32;

    /// <summary>Writes the canonical form of a row, whose currency must be known.</summary>
    /// <exception cref="ArgumentException">The row has no amount, or a text holds a lone surrogate, which has no UTF-8.</exception>
    public static void Write(ParsedRow row, Currency currency, IBufferWriter<byte> destination, CanonicalVersion version = CanonicalVersion.Current) => Write(
        destination,
        version,
        row.Date,
        row.Instant,
        row.SourceId,
        row.Party,
        row.Account,
        row.Description,
        row.Amount ?? throw new ArgumentException($"The row on line {row.Line} has no amount, and so no canonical form.", nameof(row)),
        currency,
        row.Attributes);

    /// <summary>Writes the canonical form of a stored record: the same bytes as for the row that it came from.</summary>
    /// <exception cref="ArgumentException">A text holds a lone surrogate, which has no UTF-8.</exception>
    public static void Write(BillingRecord record, IBufferWriter<byte> destination, CanonicalVersion version = CanonicalVersion.Current) => Write(
        destination,
        version,
        record.Date,
        record.Instant,
        record.SourceId,
        record.Party,
        record.Account,
        record.Description,
        record.Amount.Amount,
        record.Amount.Currency,
        record.Attributes);

    /// <summary>Returns the fingerprint of a stored record in one of the forms.</summary>
    /// <exception cref="ArgumentException">A text holds a lone surrogate.</exception>
    public static Fingerprint FingerprintOf(BillingRecord record, CanonicalVersion version, ArrayBufferWriter<byte>? buffer = null)
    {
        ArrayBufferWriter<byte> form = buffer ?? new(1024);
        form.ResetWrittenCount();
        Write(record, form, version);
        return new Fingerprint(Sha256Digest.Of(form.WrittenSpan));
    }

    /// <summary>Returns the form of a stored record's fingerprint, or the current form if it matches none.</summary>
    public static CanonicalVersion VersionOf(BillingRecord record) =>
        record.Fingerprint != FingerprintOf(record, CanonicalVersion.Current) && record.Fingerprint == FingerprintOf(record, CanonicalVersion.V1)
            ? CanonicalVersion.V1
            : CanonicalVersion.Current;

    private static void Write(
        IBufferWriter<byte> destination,
        CanonicalVersion version,
        DateOnly date,
        DateTimeOffset? instant,
        string? sourceId,
        string? party,
        string? account,
        string? description,
        decimal amount,
        Currency currency,
        RecordAttributes attributes)
    {
        destination.Write(version == CanonicalVersion.V1 ? "billing.record.v1\n"u8 : "billing.record.v2\n"u8);
        WriteDate(destination, date);
        if (instant is { } moment)
        {
            WriteInstant(destination, moment);
        }

        CanonicalField.WriteUnlessBlank(destination, "id", sourceId);
        CanonicalField.WriteUnlessBlank(destination, "party", party);
        CanonicalField.WriteUnlessBlank(destination, "account", account);
        CanonicalField.WriteUnlessBlank(destination, "description", description);
        WriteAmount(destination, amount);
        CanonicalField.WriteText(destination, "currency", currency.Code);
        WriteAttributes(destination, attributes, version);
    }

    private static void WriteDate(IBufferWriter<byte> destination, DateOnly date)
    {
        Span<byte> text = stackalloc byte[LongestValue];
        _ = date.TryFormat(text, out int length, "O", CultureInfo.InvariantCulture);
        CanonicalField.WriteBytes(destination, "date", text[..length]);
    }

    private static void WriteInstant(IBufferWriter<byte> destination, DateTimeOffset instant)
    {
        Span<byte> text = stackalloc byte[LongestValue];
        _ = instant.UtcDateTime.TryFormat(text, out int length, "O", CultureInfo.InvariantCulture);
        CanonicalField.WriteBytes(destination, "instant", text[..length]);
    }

    private static void WriteAmount(IBufferWriter<byte> destination, decimal amount)
    {
        Span<byte> text = stackalloc byte[LongestValue];
        _ = amount.TryFormat(text, out int length, default, CultureInfo.InvariantCulture);
        text = text[..length];
        if (amount.Scale > 0)
        {
            text = text.TrimEnd((byte)'0').TrimEnd((byte)'.');
        }

        // A decimal keeps the sign of a zero: -0.00 gives "-0", which means the same as "0".
        CanonicalField.WriteBytes(destination, "amount", amount == 0m ? "0"u8 : text);
    }

    private static void WriteAttributes(IBufferWriter<byte> destination, RecordAttributes attributes, CanonicalVersion version)
    {
        if (attributes.Count == 0)
        {
            return;
        }

        AttributeOrder order = AttributeOrder.Of(attributes, version);
        ReadOnlySpan<string?> values = attributes.Values;
        foreach ((int index, byte[] lineStart) in order.Lines)
        {
            if (values[index] is { } value && (version == CanonicalVersion.V1 || !CanonicalText.Trim(value).IsEmpty))
            {
                destination.Write(lineStart);
                CanonicalText.WriteWithLength(destination, value, order.NameAt(index));
                destination.Write("\n"u8);
            }
        }
    }
}
