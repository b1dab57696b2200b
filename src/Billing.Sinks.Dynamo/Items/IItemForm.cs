using Amazon.DynamoDBv2.Model;

namespace Billing.Sinks.Dynamo.Items;

/// <summary>How records stand in their table: Billing's own form, or that of a layout.</summary>
internal interface IItemForm
{
    /// <summary>The names of the attributes that make the primary key.</summary>
    IReadOnlyList<string> KeyNames { get; }

    /// <summary>What a lookup has to fetch to tell duplicates from conflicts, beside the key.</summary>
    IReadOnlyList<string> IdentityNames { get; }

    /// <summary>Where the fingerprint stands: its name, or the names that lead to it.</summary>
    IReadOnlyList<string> FingerprintPath { get; }

    /// <summary>Writes a record as an item.</summary>
    ItemBuilder Write(BillingRecord record, string writeId);

    /// <summary>The attributes of the record in an item, or null where another program wrote it.</summary>
    Dictionary<string, AttributeValue>? FieldsOf(Dictionary<string, AttributeValue> item);
}
