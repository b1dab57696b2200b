namespace Billing;

/// <summary>A column of a source, as the inspection found it.</summary>
/// <param name="Name">The header name, or the position as <c>#1</c>.</param>
/// <param name="Role">The role that the proposal gives it (date, amount, currency, party, ...), or <c>attribute</c>.</param>
/// <param name="Why">The reason, in a few words: a synonym of the header, the look of the values.</param>
/// <param name="Sample">The first non-empty values, at most three.</param>
public sealed record ColumnFinding(string Name, string Role, string Why, IReadOnlyList<string> Sample)
{
    /// <summary>Name, role and why, such as <c>bill_date: date (its header)</c>.</summary>
    public override string ToString() => $"{Name}: {Role} ({Why})";
}
