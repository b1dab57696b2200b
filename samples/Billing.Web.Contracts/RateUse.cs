namespace Billing.Web.Contracts;

/// <summary>A rate and how many records it converted.</summary>
public sealed record RateUse
{
    /// <summary>The rate.</summary>
    public required ExchangeRate Rate { get; init; }

    /// <summary>The number of records.</summary>
    public long Records { get; init; }
}
