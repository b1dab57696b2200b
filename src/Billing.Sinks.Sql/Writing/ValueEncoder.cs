using System.Globalization;
using System.Text;

namespace Billing.Sinks.Sql.Writing;

/// <summary>
/// Turns records into the values of <see cref="SqlSchema.Records"/>, for a driver that takes values: bytes, whole numbers, dates, amounts,
/// and texts as the dialect writes them.
/// </summary>
internal sealed class ValueEncoder(SqlDialect dialect) : RecordEncoder
{
    private readonly List<object?> _values = [];

    /// <summary>The values of the last encoded record, in the order of the columns.</summary>
    public IReadOnlyList<object?> Values => _values;

    /// <summary>Encodes a record.</summary>
    /// <returns>Null, or why the database cannot hold the record exactly.</returns>
    public string? Encode(BillingRecord record)
    {
        _values.Clear();
        return EncodeFields(record);
    }

    protected override void AddHash(ReadOnlySpan<byte> hash) => _values.Add(hash.ToArray());

    protected override void AddNumber(long number) => _values.Add(number);

    protected override void AddDate(DateOnly? date) => _values.Add(date);

    protected override void AddInstant(DateTimeOffset? instant) => _values.Add(instant?.ToString("O", CultureInfo.InvariantCulture));

    protected override void AddAmount(decimal amount) => _values.Add(amount);

    protected override void AddText(string column, string? text)
    {
        if (!UnicodeText.IsWellFormed(text))
        {
            RefuseUnicode(column);
        }

        _values.Add(dialect.Text(text));
    }

    protected override void AddIdentifier(string column, string text, int longest)
    {
        AddText(column, text);
        if (Encoding.UTF8.GetByteCount(text) > longest)
        {
            RefuseLength(column, longest);
        }
    }

    protected override void AddTexts(string column, IReadOnlyList<string> texts) => _values.Add(dialect.Json(JsonText.ToBytes(texts)));

    protected override void AddAttributes(string column, RecordAttributes attributes) => _values.Add(dialect.Json(JsonText.ToBytes(attributes)));
}
