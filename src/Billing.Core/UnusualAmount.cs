using System.Globalization;
using System.Text.Json.Serialization;

namespace Billing;

/// <summary>A record whose amount is unlike those of earlier records of the same party in the same billing currency.</summary>
public sealed record UnusualAmount
{
    /// <summary>The record.</summary>
    public required BillingRecord Record { get; init; }

    /// <summary>The number of earlier records that it was compared with.</summary>
    public required int Earlier { get; init; }

    /// <summary>The median of the earlier amounts.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public required decimal Median { get; init; }

    /// <summary>The low end of what is usual: a tenth of the earlier amounts is below it at most.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public required decimal Low { get; init; }

    /// <summary>The high end of what is usual: a tenth of the earlier amounts is above it at most.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public required decimal High { get; init; }

    /// <summary>The modified z-score, over 3.5 or below -3.5, at most a million; null if all earlier amounts are equal.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public decimal? Score { get; init; }

    /// <summary>Whether the score is by the mean absolute deviation: more than half of the earlier amounts are the median, so that the median of the deviations is zero.</summary>
    public bool IsByMean { get; init; }

    /// <summary>The reason, such as <c>120.00, usually 9.99 to 14.99 (median 12.50) over 24 records</c>.</summary>
    public string Reason => Score is null
        ? string.Create(CultureInfo.InvariantCulture, $"{Record.Amount.Amount}, always {Median} in {Earlier} records")
        : string.Create(CultureInfo.InvariantCulture, $"{Record.Amount.Amount}, usually {Low} to {High} (median {Median}) over {Earlier} records");

    /// <summary>The record and the reason.</summary>
    public override string ToString() => $"{Record}: {Reason}";
}
