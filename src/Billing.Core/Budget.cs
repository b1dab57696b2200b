using System.Globalization;
using System.Text.Json.Serialization;

namespace Billing;

/// <summary>What may be spent in a month: in one category, or in all.</summary>
public sealed record Budget
{
    /// <summary>The category; an empty string for records without one; null for all records.</summary>
    public string? Category { get; init; }

    /// <summary>The month that it holds for; null for every month that has no budget of its own in this category.</summary>
    public BillingMonth? Month { get; init; }

    /// <summary>The amount in the reporting currency, over zero.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public required decimal Amount { get; init; }

    /// <summary>The code of the reporting currency; null for that of the ledger, whatever it is.</summary>
    public string? Currency { get; init; }

    /// <summary>The shares in percent that are told of, in ascending order, each over zero. Default 80 and 100.</summary>
    public IReadOnlyList<decimal> Alerts { get; init; } = [80m, 100m];

    /// <summary>The category, the month and the amount, such as <c>Travel, 2025-06: 500 USD</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}, {Month?.ToString() ?? "every month"}: {Amount}{(Currency is null ? "" : " ")}{Currency}");

    internal string Name => Category switch { null => "all", "" => "(none)", _ => Category };
}
