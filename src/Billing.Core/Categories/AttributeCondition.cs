namespace Billing.Categories;

/// <summary>An attribute has a value, or has none, or its value matches.</summary>
internal sealed class AttributeCondition(string name, bool? exists, TextMatch? match) : RecordCondition
{
    // Where the attribute was last: the records of a source share their names. Threads may overwrite it; it is only a hint.
    private int _hint;

    public override bool Holds(BillingRecord record)
    {
        string? value = Value(record.Attributes);
        return (exists is null || exists == !string.IsNullOrEmpty(value))
            && (match is null || match.Holds(value));
    }

    private string? Value(RecordAttributes attributes)
    {
        ReadOnlySpan<string> names = attributes.Names;
        int hint = _hint;
        if (hint < names.Length && names[hint] == name)
        {
            return attributes.Values[hint];
        }

        int place = names.IndexOf(name);
        if (place < 0)
        {
            return null;
        }

        _hint = place;
        return attributes.Values[place];
    }
}
