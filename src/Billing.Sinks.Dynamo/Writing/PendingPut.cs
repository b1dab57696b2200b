using Amazon.DynamoDBv2.Model;

namespace Billing.Sinks.Dynamo.Writing;

/// <summary>An item to put where none exists, and the result.</summary>
internal sealed class PendingPut(ItemBuilder built, Put? companion = null, long companionSize = 0)
{
    /// <summary>The item that is put in the same transaction, or null.</summary>
    public Put? Companion => companion;

    /// <summary>The number of items to put.</summary>
    public int Items => companion is null ? 1 : 2;

    /// <summary>The item.</summary>
    public Dictionary<string, AttributeValue> Item => built.Item;

    /// <summary>The size of the items in bytes.</summary>
    public long Size => built.Size + companionSize;

    /// <summary>Whether the put is decided.</summary>
    public bool IsDecided => IsStored || Existing is not null || Refusal is not null;

    /// <summary>Whether this call stored the item.</summary>
    public bool IsStored { get; private set; }

    /// <summary>The item that existed already, or null.</summary>
    public Dictionary<string, AttributeValue>? Existing { get; private set; }

    /// <summary>Why DynamoDB rejects the item, or null.</summary>
    public string? Refusal { get; private set; }

    public void Stored() => IsStored = true;

    public void Met(Dictionary<string, AttributeValue> existing) => Existing = existing;

    public void Refused(string message) =>
        Refusal = $"DynamoDB rejects the item: {message}. Correct the source or the layout of the table.";
}
