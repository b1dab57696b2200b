namespace Billing.Web.Contracts;

/// <summary>What the rules and rates make of a draft: <c>POST /api/expenses/proposal</c>. Nothing is stored.</summary>
public sealed record ExpenseProposal
{
    /// <summary>The category that the rules propose, or null.</summary>
    public string? Category { get; init; }

    /// <summary>The name of the rule that proposes it, or null.</summary>
    public string? Rule { get; init; }

    /// <summary>The flags that it would get.</summary>
    public required IReadOnlyList<string> Flags { get; init; }

    /// <summary>The names of the rules that would raise an alert.</summary>
    public required IReadOnlyList<string> Alerts { get; init; }

    /// <summary>The amount in the reporting currency.</summary>
    public Money? ReportingAmount { get; init; }

    /// <summary>The rate used, or null where none is needed.</summary>
    public ExchangeRate? ExchangeRate { get; init; }

    /// <summary>Why the rules would refuse it, or null.</summary>
    public string? Refusal { get; init; }
}
