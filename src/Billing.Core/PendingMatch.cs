using System.Text.Json.Serialization;

namespace Billing;

/// <summary>
/// What makes a posted row the possible successor of a pending row: same scope, currency, sign and party (in any letter case), a date from that of the pending row to <see cref="Days"/> later, and an
/// amount that differs by no more than the larger of <see cref="Percent"/> and <see cref="Amount"/>. It replaces the row only if neither of them has another partner.
/// </summary>
public sealed record PendingMatch
{
    /// <summary>The most days that the posted row is later: 0 to 366.</summary>
    public required int Days { get; init; }

    /// <summary>The most that the amounts differ, in percent of the pending one: 0 to 100. Default 0.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public decimal Percent { get; init; }

    /// <summary>The most that the amounts differ, in their currency. Default 0.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public decimal Amount { get; init; }

    /// <summary>Such as <c>within 10 days, 20 percent or 5.00</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"within {Days} days, {Percent} percent or {Amount}");
}
