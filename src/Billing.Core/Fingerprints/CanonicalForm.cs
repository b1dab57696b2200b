using System.Buffers;
using System.Globalization;
using Billing.Parsing;

namespace Billing.Fingerprints;

/// <summary>Writes canonical form v1 (docs/canonical-form.md), the bytes that a fingerprint is the SHA-256 of.</summary>
internal static class CanonicalForm
{
    // "yyyy-MM-ddTHH:mm:ss.fffffffZ"; a date and the longest decimal are shorter.
    private const int LongestValue = 32;

    /// <summary>The canonical form of a row; its currency must be known.</summary>
    /// <exception cref="ArgumentException">The row has no amount, or a text holds a lone surrogate, which has no UTF-8.</exception>
    public static void Write(ParsedRow row, Currency currency, IBufferWriter<byte> destination) => Write(
        destination,
        row.Date,
        row.Instant,
        row.SourceId,
        row.Party,
        row.Account,
        row.Description,
        row.Amount ?? throw new ArgumentException($"The row of line {row.Line} has no amount and so no canonical form.", nameof(row)),
        currency,
        row.Attributes);

    /// <summary>The canonical form of a stored record: the same bytes as of the row it came from.</summary>
    /// <exception cref="ArgumentException">A text holds a lone surrogate, which has no UTF-8.</exception>
    public static void Write(BillingRecord record, IBufferWriter<byte> destination) => Write(
        destination,
        record.Date,
        record.Instant,
        record.SourceId,
        record.Party,
        record.Account,
        record.Description,
        record.Amount.Amount,
        record.Amount.Currency,
        record.Attributes);

    private static void Write(
        IBufferWriter<byte> destination,
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
        destination.Write("billing.record.v1\n"u8);
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
        WriteAttributes(destination, attributes);
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

        // A decimal remembers the sign of a zero; -0.00 leaves "-0", which says no more than "0".
        CanonicalField.WriteBytes(destination, "amount", amount == 0m ? "0"u8 : text);
    }

    private static void WriteAttributes(IBufferWriter<byte> destination, RecordAttributes attributes)
    {
        if (attributes.Count == 0)
        {
            return;
        }

        AttributeOrder order = AttributeOrder.Of(attributes.Names);
        ReadOnlySpan<string?> values = attributes.Values;
        foreach ((int index, byte[] lineStart) in order.Lines)
        {
            if (values[index] is { } value)
            {
                destination.Write(lineStart);
                CanonicalText.WriteWithLength(destination, value, order.NameAt(index));
                destination.Write("\n"u8);
            }
        }
    }
}
