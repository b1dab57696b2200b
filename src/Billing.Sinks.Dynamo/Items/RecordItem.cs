using System.Globalization;
using System.Text;
using Amazon.DynamoDBv2.Model;

namespace Billing.Sinks.Dynamo.Items;

/// <summary>Converts a whole record to attributes, and back without a change.</summary>
internal static class RecordItem
{
    /// <summary>The attribute of a party that no index can be keyed by.</summary>
    public const string PartyText = "party_text";

    /// <summary>Every attribute that a record can have.</summary>
    public static IReadOnlyList<string> Attributes { get; } =
    [
        .. RecordFields.All.SelectMany(field => field.Columns),
        .. RecordFields.All.Where(field => field.Kind == FieldKind.Money).Select(field => ItemBuilder.ScaleOf(field.Columns[0])),
        PartyText,
        Names.WriteId,
    ];

    // An index key must not be empty, and can have at most this many bytes.
    private const int MaxHashKeySize = 2048;

    /// <summary>Whether the index of parties contains the records of <paramref name="party"/>.</summary>
    public static bool IsIndexed(string party) => party.Length > 0 && Encoding.UTF8.GetByteCount(party) <= MaxHashKeySize;

    /// <summary>Writes a record.</summary>
    public static void Write(ItemBuilder item, BillingRecord record, string writeId)
    {
        if (FieldRefusals.OfRate(record) is { } refusal)
        {
            item.Refuse(refusal);
        }

        RecordFields.Write(record, new ItemFieldWriter(item));
        item.Text(Names.WriteId, writeId);
    }

    /// <summary>Reads a record that <see cref="Write"/> wrote.</summary>
    public static BillingRecord Read(Dictionary<string, AttributeValue> item) => RecordFields.Read(new ItemFieldReader(item));

    /// <summary>An integer.</summary>
    public static long Int64(Dictionary<string, AttributeValue> item, string name) => (long)ItemBuilder.ReadExact(item, name);

    /// <summary>A date.</summary>
    public static DateOnly Date(string text) => DateOnly.ParseExact(text, "O", CultureInfo.InvariantCulture);

    /// <summary>Returns a text that every item of its kind has.</summary>
    /// <exception cref="BillingException">The attribute is missing.</exception>
    public static string Required(Dictionary<string, AttributeValue> item, string name) => ItemBuilder.ReadText(item, name)
        ?? throw new BillingException($"An item of the table has no '{name}'. Another program wrote or changed the item. Restore it, or delete it.");
}
