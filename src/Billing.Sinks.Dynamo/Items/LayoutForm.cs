using System.Text;
using Amazon.DynamoDBv2.Model;

namespace Billing.Sinks.Dynamo.Items;

/// <summary>The form of a layout: attributes as the users of the table know them, and one map with the whole record.</summary>
internal sealed class LayoutForm(DynamoItemLayout layout) : IItemForm
{
    private const int MaxHashKeySize = 2048;
    private const int MaxRangeKeySize = 1024;

    public IReadOnlyList<string> KeyNames { get; } = [.. layout.Keys.Select(key => key.Name)];

    public IReadOnlyList<string> IdentityNames { get; } = [layout.RecordAttribute];

    public IReadOnlyList<string> FingerprintPath { get; } = [layout.RecordAttribute, Names.Fingerprint];

    public IReadOnlyList<string> RecordNames { get; } = [layout.RecordAttribute];

    public ItemBuilder Write(BillingRecord record, string writeId)
    {
        ItemBuilder fields = new();
        RecordItem.Write(fields, record, writeId);
        ItemBuilder item = new();
        WriteKey(item, layout.HashKey, record, MaxHashKeySize);
        if (layout.RangeKey is { } range)
        {
            WriteKey(item, range, record, MaxRangeKeySize);
        }

        foreach (DynamoField attribute in layout.Attributes)
        {
            attribute.WriteTo(item, record);
        }

        item.Map(layout.RecordAttribute, fields);
        return item;
    }

    public Dictionary<string, AttributeValue>? FieldsOf(Dictionary<string, AttributeValue> item) =>
        item.TryGetValue(layout.RecordAttribute, out AttributeValue? map) ? map.M : null;

    private static void WriteKey(ItemBuilder item, DynamoField key, BillingRecord record, int maxSize)
    {
        key.WriteTo(item, record);
        if (!item.Item.TryGetValue(key.Name, out AttributeValue? value) || value.NULL == true)
        {
            item.Refuse($"The record has no value for '{key.Name}', the key of the table. Give the column of the source a role, or correct the layout of the table.");
        }
        else if (value.S is { } text && Encoding.UTF8.GetByteCount(text) > maxSize)
        {
            item.Refuse(FormattableString.Invariant($"The value of '{key.Name}', the key of the table, has more than {maxSize} bytes. Shorten it in the source."));
        }
    }
}
