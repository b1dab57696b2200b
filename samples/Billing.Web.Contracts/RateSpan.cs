namespace Billing.Web.Contracts;

/// <summary>The rate that a host uses for a currency from one day to another.</summary>
public sealed record RateSpan
{
    /// <summary>The first day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day.</summary>
    public required DateOnly To { get; init; }

    /// <summary>The rate, from the currency to the reporting currency.</summary>
    public required ExchangeRate Rate { get; init; }
}
