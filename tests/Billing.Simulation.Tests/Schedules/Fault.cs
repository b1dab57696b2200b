namespace Billing.Simulation.Tests.Schedules;

/// <summary>A fault at a call of the store.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Call">The number of the call within the run, from 1. A fault at a record comes with the first batch from there on.</param>
/// <param name="Detail">The record of the batch, or where the log is torn, in thousandths.</param>
/// <param name="IsOfFollower">Whether it is a call of the store that follows the ledger.</param>
internal sealed record Fault(FaultKind Kind, int Call, int Detail, bool IsOfFollower = false)
{
    /// <summary>Whether the fault waits for a batch.</summary>
    public bool IsAtRecord => Kind is FaultKind.CancelsAtRecord or FaultKind.DiesAtRecord or FaultKind.CrashesAtRecord;

    /// <summary>Whether a process ends, so that the store is opened anew.</summary>
    public bool IsDeath => Kind is FaultKind.DiesBefore or FaultKind.DiesAfter or FaultKind.DiesAtRecord || IsCrash;

    /// <summary>Whether work goes on with a copy of the files.</summary>
    public bool IsCrash => Kind is FaultKind.CrashesBefore or FaultKind.CrashesAfter or FaultKind.CrashesAtRecord or FaultKind.CrashesTorn;

    /// <summary>Whether a batch may be stored although nobody was told.</summary>
    public bool IsAmbiguous => Kind is not (FaultKind.ThrowsBefore or FaultKind.CancelsBefore or FaultKind.IsBusy);

    public override string ToString() => IsAtRecord
        ? $"{Words(Kind)} {Detail} of a batch, from call {Call}"
        : $"{Words(Kind)} call {Call}{(IsOfFollower ? " of the follower" : "")}{(Kind == FaultKind.CrashesTorn ? $" at {Detail} thousandths" : "")}";

    private static string Words(FaultKind kind) => kind switch
    {
        FaultKind.ThrowsBefore => "the store throws instead of",
        FaultKind.ThrowsAfter => "the store throws after",
        FaultKind.CancelsBefore => "cancelled before",
        FaultKind.CancelsAfter => "cancelled after",
        FaultKind.CancelsAtRecord => "cancelled at record",
        FaultKind.DiesBefore => "the process ends before",
        FaultKind.DiesAfter => "the process ends after",
        FaultKind.DiesAtRecord => "the process ends at record",
        FaultKind.CrashesBefore => "the machine stops before",
        FaultKind.CrashesAfter => "the machine stops after",
        FaultKind.CrashesAtRecord => "the machine stops at record",
        FaultKind.CrashesTorn => "the machine stops within the log of",
        _ => "the store is busy before",
    };
}
