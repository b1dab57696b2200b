namespace Billing.Web.Contracts;

/// <summary>A budgets file: <c>PUT /api/budgets</c>.</summary>
public sealed record BudgetsDraft
{
    /// <summary>The text.</summary>
    public string? Text { get; init; }
}
