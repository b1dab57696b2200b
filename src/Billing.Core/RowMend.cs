namespace Billing;

/// <summary>What became of a row in quarantine whose text a person corrected.</summary>
/// <param name="Outcome">The outcome of the corrected row. Only <see cref="RowOutcomeKind.Stored"/> and <see cref="RowOutcomeKind.Duplicate"/> close the row; otherwise nothing was stored.</param>
/// <param name="Record">The record that the corrected row becomes, or null if it cannot be processed.</param>
/// <param name="Report">The report of the run; of a row that stays in quarantine, that of the dry run (<see cref="IngestReport.IsDryRun"/>).</param>
public sealed record RowMend(RowOutcome Outcome, BillingRecord? Record, IngestReport Report)
{
    /// <summary>Whether the ledger has the corrected row, and the row in quarantine is closed.</summary>
    public bool IsTaken => Outcome.Kind is RowOutcomeKind.Stored or RowOutcomeKind.Duplicate;

    /// <summary>Where the row is, and what became of it.</summary>
    public override string ToString() => $"{Outcome.Source}: {Outcome.Kind.ToString().ToLowerInvariant()}{(Outcome.Detail is null ? "" : ": " + Outcome.Detail)}";
}
