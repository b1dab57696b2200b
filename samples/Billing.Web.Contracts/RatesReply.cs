namespace Billing.Web.Contracts;

/// <summary>What a host converts with in a year: <c>GET /api/rates</c>.</summary>
public sealed record RatesReply
{
    /// <summary>The code of the reporting currency.</summary>
    public required string ReportingCurrency { get; init; }

    /// <summary>How a converted amount is rounded, by its name in .NET, such as <c>ToEven</c>.</summary>
    public required string Rounding { get; init; }

    /// <summary>The rates of the currencies that were asked for, by currency, then day. A day that is in none has no rate.</summary>
    public required IReadOnlyList<RateSpan> Items { get; init; }
}
