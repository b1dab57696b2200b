namespace Billing.Web.Contracts;

/// <summary>An expense as a person enters it: <c>POST /api/expenses</c>, <c>PUT /api/expenses/{key}</c>, <c>POST /api/expenses/proposal</c>. Every field is optional here, so that a missing one gets a message of its own.</summary>
public sealed record ExpenseDraft
{
    /// <summary>What it was for. 1 to 1,000 characters.</summary>
    public string? Description { get; init; }

    /// <summary>The amount, as an exact decimal with a point, such as <c>12.50</c>. Not 0, and with no more decimals than the currency has.</summary>
    public string? Amount { get; init; }

    /// <summary>The code of its currency, in ISO 4217.</summary>
    public string? Currency { get; init; }

    /// <summary>The day, such as <c>2025-06-17</c>. Not in the future.</summary>
    public string? Date { get; init; }

    /// <summary>Who was paid, or null. At most 200 characters.</summary>
    public string? Party { get; init; }

    /// <summary>The category; null takes what the rules propose. At most 100 characters.</summary>
    public string? Category { get; init; }
}
