using Amazon.DynamoDBv2;

namespace Billing.Sinks.Dynamo;

/// <summary>One attribute of an item: its name, its type, and the value of the record that it holds.</summary>
public sealed class DynamoField
{
    private readonly Action<ItemBuilder, string, BillingRecord> _write;

    private DynamoField(string name, ScalarAttributeType type, Action<ItemBuilder, string, BillingRecord> write)
    {
        ArgumentNullException.ThrowIfNull(name);
        BillingConfigurationException.ThrowUnless(name.Length > 0, nameof(DynamoField), nameof(Name), name, "the name of an attribute");
        Name = name;
        Type = type;
        _write = write;
    }

    /// <summary>The name of the attribute.</summary>
    public string Name { get; }

    internal ScalarAttributeType Type { get; }

    /// <summary>Creates an attribute of type S. Null leaves it out of the item; the empty text is written as NULL.</summary>
    /// <exception cref="BillingConfigurationException">The name is empty.</exception>
    public static DynamoField Text(string name, Func<BillingRecord, string?> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new DynamoField(name, ScalarAttributeType.S, (item, attribute, record) => item.Text(attribute, value(record)));
    }

    /// <summary>Creates an attribute of type N, exact. Null leaves it out of the item. DynamoDB keeps the value, but not trailing zeros.</summary>
    /// <exception cref="BillingConfigurationException">The name is empty.</exception>
    public static DynamoField Number(string name, Func<BillingRecord, decimal?> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new DynamoField(name, ScalarAttributeType.N, (item, attribute, record) => item.Number(attribute, value(record)));
    }

    /// <summary>The name and the type.</summary>
    public override string ToString() => $"{Name} ({Type})";

    internal void WriteTo(ItemBuilder item, BillingRecord record) => _write(item, Name, record);
}
