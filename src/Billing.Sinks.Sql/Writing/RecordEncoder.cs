using System.Buffers;
using System.Text.Json;

namespace Billing.Sinks.Sql.Writing;

/// <summary>
/// Turns the fields of a record into the values of their columns, in order, and says why a store cannot hold one exactly.
/// A derived class says where the values go.
/// </summary>
internal abstract class RecordEncoder : IFieldWriter, IDisposable
{
    private Utf8JsonWriter? _json;

    /// <summary>Why the record cannot be held exactly, or null.</summary>
    protected string? Refusal { get; private set; }

    public void Key(RecordField field, RecordKey value)
    {
        Span<byte> hash = stackalloc byte[RecordKey.Size];
        value.CopyTo(hash);
        AddHash(hash);
    }

    public void Fingerprint(RecordField field, Fingerprint value)
    {
        Span<byte> hash = stackalloc byte[Billing.Fingerprint.Size];
        value.CopyTo(hash);
        AddHash(hash);
    }

    public void Number(RecordField field, long value) => AddNumber(value);

    public virtual void Text(RecordField field, string? value) => AddText(field.Name, value);

    public virtual void Identifier(RecordField field, string value) => AddIdentifier(field.Name, value, SqlSchema.LongestRunId);

    public void Date(RecordField field, DateOnly value) => AddDate(value);

    public void Instant(RecordField field, DateTimeOffset? value) => AddInstant(value);

    public void Money(RecordField field, Money value)
    {
        AddAmount(value.Amount);
        AddText(field.Columns[1], value.Currency.Code);
    }

    public virtual void Rate(RecordField field, ExchangeRate? value)
    {
        AddText(field.Columns[0], value?.ValueText);
        AddDate(value?.Date);
        AddText(field.Columns[2], value?.Source);
    }

    public void Texts(RecordField field, IReadOnlyList<string> value)
    {
        bool isUnicode = true;
        for (int i = 0; i < value.Count; i++)
        {
            isUnicode &= UnicodeText.IsWellFormed(value[i]);
        }

        AddTexts(field.Name, Demanded(field, isUnicode) ? value : []);
    }

    public void Attributes(RecordField field, RecordAttributes value)
    {
        bool isUnicode = true;
        for (int i = 0; i < value.Count; i++)
        {
            isUnicode &= UnicodeText.IsWellFormed(value.Names[i]) && UnicodeText.IsWellFormed(value.Values[i]);
        }

        AddAttributes(field.Name, Demanded(field, isUnicode) ? value : RecordAttributes.Empty);
    }

    public virtual void Source(RecordField field, RecordSource value)
    {
        AddIdentifier(field.Columns[0], value.Name, SqlSchema.LongestSource);
        AddNumber(value.Line);
        AddNumber(value.ByteOffset);
    }

    public void Dispose()
    {
        _json?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Encodes a record.</summary>
    /// <returns>Null; or why the store cannot hold it exactly.</returns>
    protected string? EncodeFields(BillingRecord record)
    {
        Refusal = FieldRefusals.OfRate(record);
        RecordFields.Write(record, this);
        return Refusal;
    }

    /// <summary>Refuses the record, unless it is refused already.</summary>
    protected void Refuse(string reason) => Refusal ??= reason;

    /// <summary>Refuses a text that is not valid Unicode.</summary>
    protected void RefuseUnicode(string column) => Refuse(FieldRefusals.NotUnicode(column));

    /// <summary>Refuses a text that is too long for its column.</summary>
    protected void RefuseLength(string column, int longest) => Refuse(FormattableString.Invariant($"The value of '{column}' is longer than {longest} bytes in UTF-8. Shorten it."));

    /// <summary>Writes texts as JSON onto a buffer.</summary>
    protected void WriteJson(IBufferWriter<byte> output, IReadOnlyList<string> texts)
    {
        Utf8JsonWriter json = JsonTo(output);
        JsonText.Write(json, texts);
        json.Flush();
    }

    /// <summary>Writes attributes as JSON onto a buffer.</summary>
    protected void WriteJson(IBufferWriter<byte> output, RecordAttributes attributes)
    {
        Utf8JsonWriter json = JsonTo(output);
        JsonText.Write(json, attributes);
        json.Flush();
    }

    protected abstract void AddHash(ReadOnlySpan<byte> hash);

    protected abstract void AddNumber(long number);

    protected abstract void AddDate(DateOnly? date);

    protected abstract void AddInstant(DateTimeOffset? instant);

    protected abstract void AddAmount(decimal amount);

    /// <summary>Adds a text, or refuses it if it is not valid Unicode.</summary>
    protected abstract void AddText(string column, string? text);

    /// <summary>Adds a text, or refuses it if it is not valid Unicode or is longer in UTF-8.</summary>
    protected abstract void AddIdentifier(string column, string text, int longest);

    /// <summary>Adds texts in Unicode as JSON; none as null.</summary>
    protected abstract void AddTexts(string column, IReadOnlyList<string> texts);

    /// <summary>Adds attributes in Unicode as JSON; none as null.</summary>
    protected abstract void AddAttributes(string column, RecordAttributes attributes);

    private bool Demanded(RecordField field, bool isUnicode)
    {
        if (!isUnicode)
        {
            RefuseUnicode(field.Name);
        }

        return isUnicode;
    }

    private Utf8JsonWriter JsonTo(IBufferWriter<byte> output)
    {
        if (_json is null)
        {
            return _json = JsonText.NewWriter(output);
        }

        _json.Reset(output);
        return _json;
    }
}
