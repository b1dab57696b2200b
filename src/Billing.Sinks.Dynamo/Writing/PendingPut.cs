using Amazon.DynamoDBv2.Model;

namespace Billing.Sinks.Dynamo.Writing;

/// <summary>An item that is to be put where none is, and what became of that.</summary>
internal sealed class PendingPut(ItemBuilder built, Put? companion = null, long companionSize = 0)
{
    /// <summary>What is put in the same transaction, or null.</summary>
    public Put? Companion => companion;

    /// <summary>How many items it is.</summary>
    public int Items => companion is null ? 1 : 2;

    /// <summary>The item.</summary>
    public Dictionary<string, AttributeValue> Item => built.Item;

    /// <summary>The bytes of its items.</summary>
    public long Size => built.Size + companionSize;

    /// <summary>Whether anything became of it.</summary>
    public bool IsDecided => IsStored || Existing is not null || Refusal is not null;

    /// <summary>Whether this call stored it.</summary>
    public bool IsStored { get; private set; }

    /// <summary>What was there already, or null.</summary>
    public Dictionary<string, AttributeValue>? Existing { get; private set; }

    /// <summary>Why DynamoDB does not take it, or null.</summary>
    public string? Refusal { get; private set; }

    public void Stored() => IsStored = true;

    public void Met(Dictionary<string, AttributeValue> existing) => Existing = existing;

    public void Refused(string message) =>
        Refusal = $"DynamoDB does not take the item: {message}. Correct the source or the layout of the table.";
}
