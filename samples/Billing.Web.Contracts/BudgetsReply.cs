namespace Billing.Web.Contracts;

/// <summary>The budgets in force: <c>GET /api/budgets</c>.</summary>
public sealed record BudgetsReply
{
    /// <summary>The budgets file.</summary>
    public required string Text { get; init; }

    /// <summary>Changes with every change. <c>If-Match</c> of <c>PUT /api/budgets</c> takes it in quotes.</summary>
    public required string Version { get; init; }
}
