namespace Billing.Web.Client.Systems;

/// <summary>An expense as <c>GET /expenses</c> lists it.</summary>
public sealed record LoggedExpense
{
    public required string ExpenseId { get; init; }

    public required ExactSum Amount { get; init; }

    public required string Currency { get; init; }

    public required ExactSum AmountUsd { get; init; }

    public required DateOnly Date { get; init; }

    public string? Description { get; init; }

    public string? Category { get; init; }
}
