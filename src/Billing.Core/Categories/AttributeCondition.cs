namespace Billing.Categories;

/// <summary>An attribute has a value, or has none, or its value matches.</summary>
internal sealed class AttributeCondition(string name, bool? exists, TextMatch? match) : RecordCondition
{
    // Threads may overwrite it; it is only a hint.
    private int _hint;

    public override bool Holds(IRuleSubject record)
    {
        int place = _hint;
        string? value = record.Attribute(name, ref place);
        _hint = place;
        return (exists is null || exists == !string.IsNullOrEmpty(value))
            && (match is null || match.Holds(value));
    }
}
