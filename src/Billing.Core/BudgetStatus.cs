namespace Billing;

/// <summary>A budget in a month: what is spent of it, and which shares are reached.</summary>
public sealed record BudgetStatus
{
    /// <summary>The budget.</summary>
    public required Budget Budget { get; init; }

    /// <summary>The month.</summary>
    public required BillingMonth Month { get; init; }

    /// <summary>The code of the reporting currency; null if neither the ledger nor the budget has one.</summary>
    public string? Currency { get; init; }

    /// <summary>The number of records.</summary>
    public required long Rows { get; init; }

    /// <summary>What is spent.</summary>
    public required ExactSum Spent { get; init; }

    /// <summary>What remains; below zero if more was spent.</summary>
    public required ExactSum Remaining { get; init; }

    /// <summary>What is spent in percent of the budget, rounded to two decimals, half to even. Alerts go by the exact amounts.</summary>
    public required ExactSum Percent { get; init; }

    /// <summary>The shares, in ascending order.</summary>
    public required IReadOnlyList<BudgetAlert> Alerts { get; init; }

    /// <summary>The budget and what is spent, such as <c>Travel, 2025-06: 412.5 of 500 USD, 82.5 %</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Budget.Name}, {Month}: {Spent} of {Budget.Amount} {Currency}, {Percent} %");
}
