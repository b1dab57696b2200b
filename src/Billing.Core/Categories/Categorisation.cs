namespace Billing.Categories;

/// <summary>What the rules say about one record.</summary>
internal sealed record Categorisation(string? Category, string? CategoryRule, IReadOnlyList<string> Flags, IReadOnlyList<string> Alerts, IReadOnlyList<string> AlertSubjects, CategoryRule? FailedRequirement);
