using Amazon.DynamoDBv2.Model;

namespace Billing.Sinks.Dynamo.Items;

/// <summary>The form of records in their table: Billing's own, or that of a layout.</summary>
internal interface IItemForm
{
    /// <summary>The names of the attributes that make the primary key.</summary>
    IReadOnlyList<string> KeyNames { get; }

    /// <summary>The attributes that a lookup must fetch, in addition to the key, to tell duplicates from conflicts.</summary>
    IReadOnlyList<string> IdentityNames { get; }

    /// <summary>The path to the fingerprint: its name, or the names that lead to it.</summary>
    IReadOnlyList<string> FingerprintPath { get; }

    /// <summary>The attributes that hold the record, except the primary key. Not all of them are in every item.</summary>
    IReadOnlyList<string> RecordNames { get; }

    /// <summary>Writes a record as an item.</summary>
    ItemBuilder Write(BillingRecord record, string writeId);

    /// <summary>Returns the attributes of the record in an item, or null if another program wrote the item.</summary>
    Dictionary<string, AttributeValue>? FieldsOf(Dictionary<string, AttributeValue> item);
}
