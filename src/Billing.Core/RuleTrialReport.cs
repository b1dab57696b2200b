namespace Billing;

/// <summary>What other rules would change. Every record is in <see cref="Unchanged"/>, in one of <see cref="Moves"/> or in <see cref="Refused"/>. All amounts are in the reporting currency.</summary>
public sealed record RuleTrialReport
{
    /// <summary>The records that were read.</summary>
    public ControlTotals Records { get; init; } = ControlTotals.Zero;

    /// <summary>Those that keep their category.</summary>
    public ControlTotals Unchanged { get; init; } = ControlTotals.Zero;

    /// <summary>Those for which a <c>require</c> rule does not hold: an ingestion under these rules would quarantine them.</summary>
    public ControlTotals Refused { get; init; } = ControlTotals.Zero;

    /// <summary>Those that get another category, by the category that they have and the one that they get.</summary>
    public IReadOnlyList<CategoryMove> Moves { get; init; } = [];

    /// <summary>What each rule did, in the order of the rules.</summary>
    public IReadOnlyList<RuleUse> Rules { get; init; } = [];

    /// <summary>The counts, such as <c>10 records, 7 unchanged, 3 moved, 0 refused</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Records.Rows} records, {Unchanged.Rows} unchanged, {Moves.Sum(move => move.Totals.Rows)} moved, {Refused.Rows} refused");
}
