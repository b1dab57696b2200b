using Amazon.DynamoDBv2.Model;

namespace Billing.Sinks.Dynamo.Records;

/// <summary>
/// The writes that change the item of a record, on condition that the record is stored exactly as it was read: all of its attributes are compared, because also a change by hand must be noticed.
/// Attributes of other programs stay as they are.
/// </summary>
internal sealed class ItemChanges(IItemForm form, string table)
{
    private const string IfNew = "attribute_not_exists(#key)";

    /// <summary>Stores a record where no item is.</summary>
    public TransactWriteItem Add(Dictionary<string, AttributeValue> item) => new()
    {
        Put = new() { TableName = table, Item = item, ConditionExpression = IfNew, ExpressionAttributeNames = new() { ["#key"] = form.KeyNames[0] } },
    };

    /// <summary>Takes a record away, with its item.</summary>
    public TransactWriteItem Remove(Dictionary<string, AttributeValue> found)
    {
        ExpressionParts parts = new();
        return new()
        {
            Delete = new()
            {
                TableName = table,
                Key = ItemKeys.Of(found, form.KeyNames),
                ConditionExpression = IfUnchanged(found, parts),
                ExpressionAttributeNames = parts.Names,
                ExpressionAttributeValues = parts.Values,
            },
        };
    }

    /// <summary>Changes a record in its item.</summary>
    public TransactWriteItem Change(Dictionary<string, AttributeValue> found, BillingRecord stored, Dictionary<string, AttributeValue> becomes)
    {
        ExpressionParts parts = new();
        List<string> set = [];
        List<string> gone = [];
        foreach ((string name, AttributeValue? value) in Changed(stored, becomes).Where(change => !form.KeyNames.Contains(change.Name)))
        {
            if (value is null)
            {
                gone.Add(parts.Alias(name));
            }
            else
            {
                set.Add($"{parts.Alias(name)} = {parts.Alias(value)}");
            }
        }

        return new()
        {
            Update = new()
            {
                TableName = table,
                Key = ItemKeys.Of(found, form.KeyNames),
                UpdateExpression = $"SET {string.Join(", ", set)}" + (gone.Count == 0 ? "" : $" REMOVE {string.Join(", ", gone)}"),
                ConditionExpression = IfUnchanged(found, parts),
                ExpressionAttributeNames = parts.Names,
                ExpressionAttributeValues = parts.Values,
            },
        };
    }

    /// <summary>Moves a record, as it becomes, to an item with another key.</summary>
    public IEnumerable<TransactWriteItem> Move(Dictionary<string, AttributeValue> found, BillingRecord stored, Dictionary<string, AttributeValue> becomes)
    {
        Dictionary<string, AttributeValue> item = new(found, StringComparer.Ordinal);
        foreach ((string name, AttributeValue? value) in Changed(stored, becomes))
        {
            if (value is null)
            {
                item.Remove(name);
            }
            else
            {
                item[name] = value;
            }
        }

        return [Remove(found), Add(item)];
    }

    private string IfUnchanged(Dictionary<string, AttributeValue> found, ExpressionParts parts) => string.Join(
        " AND ",
        form.RecordNames.Select(name => found.TryGetValue(name, out AttributeValue? value) ? $"{parts.Alias(name)} = {parts.Alias(value)}" : $"attribute_not_exists({parts.Alias(name)})"));

    // The attributes of the record as they become. Of what a layout adds for other programs only what the change makes different: they may have set the rest themselves.
    private IEnumerable<(string Name, AttributeValue? Value)> Changed(BillingRecord stored, Dictionary<string, AttributeValue> becomes)
    {
        Dictionary<string, AttributeValue> was = form.Write(stored, "").Item;
        return form.RecordNames.Concat(was.Keys).Concat(becomes.Keys).Distinct(StringComparer.Ordinal)
            .Select(name => (Name: name, Value: becomes.GetValueOrDefault(name)))
            .Where(change => form.RecordNames.Contains(change.Name) || !IsSame(was.GetValueOrDefault(change.Name), change.Value));
    }

    private static bool IsSame(AttributeValue? one, AttributeValue? other) => (one?.S, one?.N, one?.NULL) == (other?.S, other?.N, other?.NULL);
}
