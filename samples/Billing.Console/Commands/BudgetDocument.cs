namespace Billing.Console.Commands;

/// <summary>The document of <c>budget</c>.</summary>
internal sealed record BudgetDocument(BillingMonth Month, IReadOnlyList<BudgetStatus> Budgets);
