namespace Billing;

/// <summary>One column of a source.</summary>
/// <param name="Name">The header name, or its place as <c>#1</c>.</param>
/// <param name="Role">What the proposal takes it for (date, amount, currency, party, ...), or <c>attribute</c>.</param>
/// <param name="Why">Why, in a few words: a synonym of the header, the look of the values.</param>
/// <param name="Sample">The first values that are not empty, at most three.</param>
public sealed record ColumnFinding(string Name, string Role, string Why, IReadOnlyList<string> Sample)
{
    /// <summary>Name, role and why, such as <c>bill_date: date (its header)</c>.</summary>
    public override string ToString() => $"{Name}: {Role} ({Why})";
}
