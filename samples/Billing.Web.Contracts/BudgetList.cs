namespace Billing.Web.Contracts;

/// <summary>What was spent of each budget in a month: <c>GET /api/months/{month}/budgets</c>.</summary>
public sealed record BudgetList
{
    /// <summary>The budgets.</summary>
    public required IReadOnlyList<BudgetStatus> Items { get; init; }
}
