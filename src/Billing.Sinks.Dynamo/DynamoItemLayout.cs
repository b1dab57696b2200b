namespace Billing.Sinks.Dynamo;

/// <summary>
/// How a record is written to a table with its own keys and attributes.
/// In addition, the item holds one map with the whole, exact record, from which the record is read back.
/// </summary>
/// <remarks>
/// The table's own key decides what is the same record. Such a table has no index that Billing knows: the first page of a query scans it, the pages that follow get their items by key, and the log reports each scan.
/// </remarks>
public sealed record DynamoItemLayout
{
    /// <summary>The hash key (partition key). A record without a value for it is refused.</summary>
    public required DynamoField HashKey { get; init; }

    /// <summary>The range key (sort key), or null if the table has none. A record without a value for it is refused.</summary>
    public DynamoField? RangeKey { get; init; }

    /// <summary>Further attributes. Default none.</summary>
    public IReadOnlyList<DynamoField> Attributes { get; init; } = [];

    /// <summary>The name of the map that holds the whole record. Default <c>billing</c>.</summary>
    public string RecordAttribute { get; init; } = "billing";

    internal IEnumerable<DynamoField> Keys => RangeKey is null ? [HashKey] : [HashKey, RangeKey];

    /// <exception cref="BillingConfigurationException">A name is empty or used twice.</exception>
    internal void Check()
    {
        HashSet<string> names = [RecordAttribute];
        if (string.IsNullOrEmpty(RecordAttribute) || HashKey is null || Attributes is null)
        {
            throw new BillingConfigurationException($"{nameof(DynamoItemLayout)} needs a {nameof(HashKey)}, a list of {nameof(Attributes)}, and a name in {nameof(RecordAttribute)}.");
        }

        foreach (DynamoField attribute in Keys.Concat(Attributes))
        {
            if (!names.Add(attribute.Name))
            {
                throw new BillingConfigurationException($"{nameof(DynamoItemLayout)} names the attribute '{attribute.Name}' twice. Name each attribute once.");
            }
        }
    }

}
