using System.Globalization;
using System.Text;
using Billing.Fingerprints;
using Billing.Storage;

namespace Billing.Amendments;

/// <summary>Writes every field of a record as lines, exactly as it is (docs/seals.md). What is null is left out.</summary>
internal sealed class SealedFields(FormBuffer form) : IFieldWriter
{
    // The longest decimal, and an instant with its offset.
    private const int LongestValue = 40;

    private static readonly byte[][] s_names = [.. RecordFields.All.SelectMany(field => field.Columns).Select(Encoding.ASCII.GetBytes)];

    void IFieldWriter.Key(RecordField field, RecordKey value) => CanonicalField.WriteDigest(form, NameOf(field), value.Digest);

    void IFieldWriter.Fingerprint(RecordField field, Fingerprint value) => CanonicalField.WriteDigest(form, NameOf(field), value.Digest);

    void IFieldWriter.Number(RecordField field, long value) => CanonicalField.WriteNumber(form, NameOf(field), value);

    void IFieldWriter.Text(RecordField field, string? value) => Text(NameOf(field), value);

    void IFieldWriter.Identifier(RecordField field, string value) => Text(NameOf(field), value);

    void IFieldWriter.Date(RecordField field, DateOnly value) => Date(NameOf(field), value);

    void IFieldWriter.Instant(RecordField field, DateTimeOffset? value)
    {
        if (value is { } instant)
        {
            Span<byte> text = stackalloc byte[LongestValue];
            _ = instant.TryFormat(text, out int length, "O", CultureInfo.InvariantCulture);
            CanonicalField.WriteBytes(form, NameOf(field), text[..length]);
        }
    }

    void IFieldWriter.Money(RecordField field, Money value)
    {
        Span<byte> text = stackalloc byte[LongestValue];
        _ = value.Amount.TryFormat(text, out int length, default, CultureInfo.InvariantCulture);
        CanonicalField.WriteBytes(form, NameOf(field), text[..length]);
        Text(NameOf(field, 1), value.Currency.Code);
    }

    void IFieldWriter.Rate(RecordField field, ExchangeRate? value)
    {
        if (value is not null)
        {
            Text(NameOf(field), value.ValueText);
            if (value.Date is { } date)
            {
                Date(NameOf(field, 1), date);
            }

            Text(NameOf(field, 2), value.Source);
        }
    }

    void IFieldWriter.Texts(RecordField field, IReadOnlyList<string> value)
    {
        for (int i = 0; i < value.Count; i++)
        {
            Text(NameOf(field), value[i]);
        }
    }

    void IFieldWriter.Attributes(RecordField field, RecordAttributes value)
    {
        ReadOnlySpan<string> names = value.Names;
        ReadOnlySpan<string?> values = value.Values;
        for (int i = 0; i < names.Length; i++)
        {
            form.Write(value.IsIgnored(i) ? "ignored "u8 : "attribute "u8);
            SealForms.WriteValue(form, names[i]);
            if (values[i] is { } text)
            {
                form.Write(" "u8);
                SealForms.WriteValue(form, text);
            }

            form.Write("\n"u8);
        }
    }

    void IFieldWriter.Source(RecordField field, RecordSource value)
    {
        Text(NameOf(field), value.Name);
        CanonicalField.WriteNumber(form, NameOf(field, 1), value.Line);
        CanonicalField.WriteNumber(form, NameOf(field, 2), value.ByteOffset);
    }

    private static byte[] NameOf(RecordField field, int column = 0) => s_names[field.Column + column];

    private void Text(ReadOnlySpan<byte> name, string? text) => SealForms.WriteText(form, name, text);

    private void Date(ReadOnlySpan<byte> name, DateOnly date)
    {
        Span<byte> text = stackalloc byte[LongestValue];
        _ = date.TryFormat(text, out int length, "O", CultureInfo.InvariantCulture);
        CanonicalField.WriteBytes(form, name, text[..length]);
    }
}
