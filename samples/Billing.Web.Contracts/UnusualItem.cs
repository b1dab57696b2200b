namespace Billing.Web.Contracts;

/// <summary>An amount that is not usual.</summary>
public sealed record UnusualItem
{
    /// <summary>The record, and what is usual.</summary>
    public required UnusualAmount Amount { get; init; }

    /// <summary>Why, in a sentence.</summary>
    public required string Reason { get; init; }
}
