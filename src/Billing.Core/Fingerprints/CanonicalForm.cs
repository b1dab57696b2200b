using System.Globalization;
using Billing.Rows;

namespace Billing.Fingerprints;

/// <summary>Writes the canonical forms (docs/canonical-form.md): the bytes whose SHA-256 is a fingerprint.</summary>
internal static class CanonicalForm
{
    // The longest decimal; "yyyy-MM-ddTHH:mm:ss.fffffffZ" and a date are shorter.
    private const int LongestValue = 32;

    private static readonly byte[]?[] s_currencies = new byte[]?[Currency.All.Count];

    /// <summary>Writes the canonical form of a row, whose currency must be known.</summary>
    /// <exception cref="ArgumentException">The row has no amount, or a text holds a lone surrogate, which has no UTF-8.</exception>
    public static void Write(ParsedRow row, Currency currency, FormBuffer destination, CanonicalVersion version = CanonicalVersion.Current)
    {
        decimal amount = row.Amount ?? throw new ArgumentException($"The row on line {row.Line} has no amount, and so no canonical form.", nameof(row));
        Begin(destination, version, row.Date, row.Instant);
        WriteText(destination, "id"u8, row.SourceIdText, row.Block);
        WriteText(destination, "party"u8, row.PartyText, row.Block);
        WriteText(destination, "account"u8, row.AccountText, row.Block);
        WriteText(destination, "description"u8, row.DescriptionText, row.Block);
        WriteAmount(destination, amount, currency);
        ReadOnlySpan<RowText> values = row.AttributeTexts;
        if (values.IsEmpty)
        {
            WriteAttributes(destination, row.Attributes, version);
            return;
        }

        AttributeOrder order = AttributeOrder.Of(row.Shape!.Names, row.Shape.Ignored, version);
        foreach ((int index, byte[] lineStart) in order.Lines)
        {
            if (!values[index].IsUtf8)
            {
                WriteAttribute(destination, lineStart, row.AttributeAt(index), order.NameAt(index), version);
                continue;
            }

            ReadOnlySpan<byte> trimmed = CanonicalText.Trim(values[index].In(row.Block!));
            if (version == CanonicalVersion.V1 || !trimmed.IsEmpty)
            {
                destination.Write(lineStart);
                CanonicalText.WriteWithLength(destination, trimmed);
                destination.Write("\n"u8);
            }
        }
    }

    /// <summary>Writes the canonical form of a stored record: the same bytes as for the row that it came from.</summary>
    /// <exception cref="ArgumentException">A text holds a lone surrogate, which has no UTF-8.</exception>
    public static void Write(BillingRecord record, FormBuffer destination, CanonicalVersion version = CanonicalVersion.Current)
    {
        Begin(destination, version, record.Date, record.Instant);
        CanonicalField.WriteUnlessBlank(destination, "id"u8, record.SourceId);
        CanonicalField.WriteUnlessBlank(destination, "party"u8, record.Party);
        CanonicalField.WriteUnlessBlank(destination, "account"u8, record.Account);
        CanonicalField.WriteUnlessBlank(destination, "description"u8, record.Description);
        WriteAmount(destination, record.Amount.Amount, record.Amount.Currency);
        WriteAttributes(destination, record.Attributes, version);
    }

    /// <summary>Returns the fingerprint of a stored record in one of the forms.</summary>
    /// <exception cref="ArgumentException">A text holds a lone surrogate.</exception>
    public static Fingerprint FingerprintOf(BillingRecord record, CanonicalVersion version, FormBuffer? buffer = null)
    {
        FormBuffer form = buffer ?? new();
        Write(record, form, version);
        return new Fingerprint(form.Hash());
    }

    /// <summary>Returns the form of a stored record's fingerprint, or the current form if it matches none.</summary>
    public static CanonicalVersion VersionOf(BillingRecord record) =>
        record.Fingerprint != FingerprintOf(record, CanonicalVersion.Current) && record.Fingerprint == FingerprintOf(record, CanonicalVersion.V1)
            ? CanonicalVersion.V1
            : CanonicalVersion.Current;

    private static void Begin(FormBuffer destination, CanonicalVersion version, DateOnly date, DateTimeOffset? instant)
    {
        // What a form that failed has left.
        destination.Drop();
        destination.Write(version == CanonicalVersion.V1 ? "billing.record.v1\n"u8 : "billing.record.v2\n"u8);
        WriteDate(destination, date);
        if (instant is { } moment)
        {
            WriteInstant(destination, moment);
        }
    }

    private static void WriteDate(FormBuffer destination, DateOnly date)
    {
        ReadOnlySpan<byte> line = "date 10:yyyy-MM-dd\n"u8;
        Span<byte> text = destination.GetSpan(line.Length);
        line.CopyTo(text);
        (int year, int month, int day) = date;
        WriteTwoDigits(text, 8, year / 100);
        WriteTwoDigits(text, 10, year % 100);
        WriteTwoDigits(text, 13, month);
        WriteTwoDigits(text, 16, day);
        destination.Advance(line.Length);
    }

    private static void WriteTwoDigits(Span<byte> text, int at, int number)
    {
        text[at + 1] = (byte)('0' + (number % 10));
        text[at] = (byte)('0' + (number / 10));
    }

    private static void WriteInstant(FormBuffer destination, DateTimeOffset instant)
    {
        Span<byte> text = stackalloc byte[LongestValue];
        _ = instant.UtcDateTime.TryFormat(text, out int length, "O", CultureInfo.InvariantCulture);
        CanonicalField.WriteBytes(destination, "instant"u8, text[..length]);
    }

    private static void WriteText(FormBuffer destination, ReadOnlySpan<byte> name, RowText text, byte[]? block)
    {
        if (text.IsUtf8)
        {
            CanonicalField.WriteUnlessBlank(destination, name, text.In(block!));
        }
        else
        {
            CanonicalField.WriteUnlessBlank(destination, name, text.Decode(null, null));
        }
    }

    private static void WriteAmount(FormBuffer destination, decimal amount, Currency currency)
    {
        Span<byte> text = stackalloc byte[LongestValue];
        CanonicalField.WriteBytes(destination, "amount"u8, text[..CanonicalAmount.Format(amount, text)]);
        destination.Write(LineOf(currency));
    }

    private static byte[] LineOf(Currency currency) => s_currencies[currency.Ordinal] ??= System.Text.Encoding.ASCII.GetBytes($"currency {currency.Code.Length}:{currency.Code}\n");

    private static void WriteAttributes(FormBuffer destination, RecordAttributes attributes, CanonicalVersion version)
    {
        if (attributes.Count == 0)
        {
            return;
        }

        AttributeOrder order = AttributeOrder.Of(attributes.SharedNames, attributes.IgnoredPlaces, version);
        ReadOnlySpan<string?> values = attributes.Values;
        foreach ((int index, byte[] lineStart) in order.Lines)
        {
            WriteAttribute(destination, lineStart, values[index], order.NameAt(index), version);
        }
    }

    private static void WriteAttribute(FormBuffer destination, byte[] lineStart, string? value, ReadOnlySpan<byte> name, CanonicalVersion version)
    {
        if (value is not null && (version == CanonicalVersion.V1 || !CanonicalText.Trim(value).IsEmpty))
        {
            destination.Write(lineStart);
            CanonicalText.WriteWithLength(destination, value, name);
            destination.Write("\n"u8);
        }
    }
}
