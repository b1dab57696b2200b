using System.Globalization;
using Billing.Fingerprints;
using Billing.Storage;

namespace Billing.Amendments;

/// <summary>Writes every field of a record exactly as it is: its length in bytes, a colon, the bytes and a comma; a hyphen and a comma for what is null (docs/seals.md).</summary>
internal sealed class SealedFields(FormBuffer form) : IFieldWriter
{
    // The longest decimal, and an instant with its offset.
    private const int LongestValue = 40;

    private ExchangeRate? _rate;
    private string _rateText = "";

    void IFieldWriter.Key(RecordField field, RecordKey value) => Digest(value.Digest);

    void IFieldWriter.Fingerprint(RecordField field, Fingerprint value) => Digest(value.Digest);

    void IFieldWriter.Number(RecordField field, long value) => Number(value);

    void IFieldWriter.Text(RecordField field, string? value) => SealForms.WriteText(form, value);

    void IFieldWriter.Identifier(RecordField field, string value) => SealForms.WriteText(form, value);

    void IFieldWriter.Date(RecordField field, DateOnly value) => Date(value);

    void IFieldWriter.Instant(RecordField field, DateTimeOffset? value)
    {
        if (value is { } instant)
        {
            Span<byte> text = stackalloc byte[LongestValue];
            _ = instant.TryFormat(text, out int length, "O", CultureInfo.InvariantCulture);
            SealForms.WriteBytes(form, text[..length]);
        }
        else
        {
            SealForms.WriteText(form, null);
        }
    }

    void IFieldWriter.Money(RecordField field, Money value)
    {
        Span<byte> text = stackalloc byte[LongestValue];
        _ = value.Amount.TryFormat(text, out int length, default, CultureInfo.InvariantCulture);
        SealForms.WriteBytes(form, text[..length]);
        SealForms.WriteText(form, value.Currency.Code);
    }

    void IFieldWriter.Rate(RecordField field, ExchangeRate? value)
    {
        SealForms.WriteText(form, value is null ? null : TextOf(value));
        if (value?.Date is { } date)
        {
            Date(date);
        }
        else
        {
            SealForms.WriteText(form, null);
        }

        SealForms.WriteText(form, value?.Source);
    }

    void IFieldWriter.Texts(RecordField field, IReadOnlyList<string> value)
    {
        Number(value.Count);
        for (int i = 0; i < value.Count; i++)
        {
            SealForms.WriteText(form, value[i]);
        }
    }

    void IFieldWriter.Attributes(RecordField field, RecordAttributes value)
    {
        ReadOnlySpan<string> names = value.Names;
        ReadOnlySpan<string?> values = value.Values;
        Number(names.Length);
        for (int i = 0; i < names.Length; i++)
        {
            SealForms.WriteText(form, names[i]);
            SealForms.WriteText(form, values[i]);
            if (value.IsIgnored(i))
            {
                form.Write("ignored,"u8);
            }
        }
    }

    void IFieldWriter.Source(RecordField field, RecordSource value)
    {
        SealForms.WriteText(form, value.Name);
        Number(value.Line);
        Number(value.ByteOffset);
    }

    private void Digest(Sha256Digest digest)
    {
        Span<byte> bytes = stackalloc byte[Sha256Digest.Size];
        digest.CopyTo(bytes);
        SealForms.WriteBytes(form, bytes);
    }

    private void Number(long number) => SealForms.WriteNumber(form, number);

    private void Date(DateOnly date)
    {
        Span<byte> text = stackalloc byte[LongestValue];
        _ = date.TryFormat(text, out int length, "O", CultureInfo.InvariantCulture);
        SealForms.WriteBytes(form, text[..length]);
    }

    // Many records have the same rate.
    private string TextOf(ExchangeRate rate)
    {
        if (!ReferenceEquals(rate, _rate))
        {
            (_rate, _rateText) = (rate, rate.ValueText);
        }

        return _rateText;
    }
}
