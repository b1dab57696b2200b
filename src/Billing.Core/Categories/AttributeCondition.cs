namespace Billing.Categories;

/// <summary>An attribute has a value, or has none, or its value matches.</summary>
internal sealed class AttributeCondition(string name, bool? exists, TextMatch? match) : RecordCondition
{
    // Where the attribute is among the names that were met last, which the rows of a source share. Threads may overwrite it; it is one object, so it is whole.
    private Place _last = new([], -1);

    public override bool Holds(IRuleSubject record)
    {
        string[] names = record.AttributeNames;
        Place last = _last;
        if (!ReferenceEquals(last.Names, names))
        {
            _last = last = last.At >= 0 && last.At < names.Length && names[last.At] == name ? new Place(names, last.At) : new Place(names, Array.IndexOf(names, name));
        }

        string? value = last.At < 0 ? null : record.AttributeAt(last.At);
        return (exists is null || exists == !string.IsNullOrEmpty(value))
            && (match is null || match.Holds(value));
    }

    private sealed record Place(string[] Names, int At);
}
