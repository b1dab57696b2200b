namespace Billing;

/// <summary>What changed in a month between one closing and the next; or, while the next one is not made, between the last closing and now.</summary>
public sealed record MonthRestatement
{
    /// <summary>The month.</summary>
    public required BillingMonth Month { get; init; }

    /// <summary>The number of the restatement, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The closing that made it; null while it is open: it is made when the month is closed again.</summary>
    public MonthClosing? Closing { get; init; }

    /// <summary>The totals before, in the reporting currency.</summary>
    public required ControlTotals Before { get; init; }

    /// <summary>The totals after, in the reporting currency.</summary>
    public required ControlTotals After { get; init; }

    /// <summary>After less before.</summary>
    public ControlTotals Difference => After - Before;

    /// <summary>The records that are new in the month, in order.</summary>
    public required IReadOnlyList<MonthLine> Added { get; init; }

    /// <summary>The records that are no longer in the month, as they were, in order.</summary>
    public required IReadOnlyList<MonthLine> TakenAway { get; init; }

    /// <summary>The records that differ in any column of <see cref="ReportColumn.OfMonth"/>, in order.</summary>
    public required IReadOnlyList<MonthChange> Changed { get; init; }

    /// <summary>The number of records that were added, taken away or changed.</summary>
    public long Count => (long)Added.Count + TakenAway.Count + Changed.Count;

    /// <summary>The number and what changed, such as <c>restatement 1 of 2025-06: 1 added, 0 taken away, 2 changed</c>.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"restatement {Number} of {Month}{(Closing is null ? ", not closed" : "")}: {Added.Count} added, {TakenAway.Count} taken away, {Changed.Count} changed");
}
