namespace Billing.Web.Contracts;

/// <summary>A draft of rules: <c>POST /api/rules/try</c>, <c>POST /api/rules/apply</c>, <c>PUT /api/rules</c>.</summary>
public sealed record RulesDraft
{
    /// <summary>The text of a rules file.</summary>
    public string? Text { get; init; }

    /// <summary>Why, for the ledger; or null.</summary>
    public string? Reason { get; init; }

    /// <summary>The first day of the records that it is tried on or applied to, or null.</summary>
    public string? From { get; init; }

    /// <summary>The last day, or null.</summary>
    public string? To { get; init; }
}
