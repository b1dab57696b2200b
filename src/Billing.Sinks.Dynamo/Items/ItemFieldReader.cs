using System.Globalization;
using System.Text;
using Amazon.DynamoDBv2.Model;

namespace Billing.Sinks.Dynamo.Items;

/// <summary>Takes the fields of a record from an item.</summary>
internal sealed class ItemFieldReader(Dictionary<string, AttributeValue> item) : IFieldReader
{
    public RecordKey Key(RecordField field) => RecordKey.Parse(Required(field.Name));

    public Fingerprint Fingerprint(RecordField field) => Billing.Fingerprint.Parse(Required(field.Name));

    public long Number(RecordField field) => RecordItem.Int64(item, field.Name);

    public string? Text(RecordField field) => OrNull(field.Name) ?? (field == RecordFields.Party ? OrNull(RecordItem.PartyText) : null);

    public string Identifier(RecordField field) => Required(field.Name);

    public DateOnly Date(RecordField field) => RecordItem.Date(Required(field.Name));

    public DateTimeOffset? Instant(RecordField field) =>
        OrNull(field.Name) is { } instant ? DateTimeOffset.ParseExact(instant, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind) : null;

    public Money Money(RecordField field) => new(ItemBuilder.ReadExact(item, field.Columns[0]), CurrencyOf(Required(field.Columns[1])));

    public ExchangeRate? Rate(RecordField field, Currency from, Currency to) => OrNull(field.Columns[0]) is { } rate
        ? ExchangeRate.FromValueText(from, to, rate, OrNull(field.Columns[1]) is { } date ? RecordItem.Date(date) : null, Required(field.Columns[2]))
        : null;

    public IReadOnlyList<string> Texts(RecordField field) => JsonText.ReadTexts(Json(field.Name));

    public RecordAttributes Attributes(RecordField field) => JsonText.ReadAttributes(Json(field.Name));

    public RecordSource Source(RecordField field) => new(Required(field.Columns[0]), RecordItem.Int64(item, field.Columns[1]), RecordItem.Int64(item, field.Columns[2]));

    private string? OrNull(string name) => ItemBuilder.ReadText(item, name);

    private string Required(string name) => RecordItem.Required(item, name);

    private byte[] Json(string name) => Encoding.UTF8.GetBytes(OrNull(name) ?? "");

    private static Currency CurrencyOf(string code) => Currency.TryParse(code, out Currency? currency)
        ? currency
        : throw new BillingException($"The store holds the currency '{code}', which this version does not know. Use the version of Billing that wrote it.");
}
