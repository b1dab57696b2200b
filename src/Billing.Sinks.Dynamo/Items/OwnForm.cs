using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace Billing.Sinks.Dynamo.Items;

/// <summary>Billing's own form: the key of the record is the key of the item, and indexes cover months and parties.</summary>
internal sealed class OwnForm : IItemForm
{
    public IReadOnlyList<string> KeyNames { get; } = [Names.Key];

    public IReadOnlyList<string> IdentityNames { get; } = [Names.Fingerprint, Names.Source, Names.WriteId];

    public IReadOnlyList<string> FingerprintPath { get; } = [Names.Fingerprint];

    public IReadOnlyList<string> RecordNames { get; } = [.. RecordItem.Attributes.Where(name => name != Names.Key), Names.Month, Names.Position];

    /// <summary>Returns the position of a record in an index: date, then key.</summary>
    public static string PositionOf(DateOnly date, RecordKey key) => $"{date.ToString("O", CultureInfo.InvariantCulture)}#{key}";

    /// <summary>Returns the month of a date in the form of the index.</summary>
    public static string MonthOf(DateOnly date) => date.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    public ItemBuilder Write(BillingRecord record, string writeId)
    {
        ItemBuilder item = new();
        RecordItem.Write(item, record, writeId);
        item.Text(Names.Month, MonthOf(record.Date));
        item.Text(Names.Position, PositionOf(record.Date, record.Key));
        return item;
    }

    public Dictionary<string, AttributeValue>? FieldsOf(Dictionary<string, AttributeValue> item) => item;
}
