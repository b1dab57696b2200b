namespace Billing.Simulation.Tests.Runs;

/// <summary>How a run ended.</summary>
/// <param name="Report">Its report; null if it did not begin.</param>
/// <param name="Error">What was thrown; null if it completed.</param>
/// <param name="HasFailed">Whether the fault of the store came.</param>
internal sealed record RunResult(IngestReport? Report, Exception? Error, bool HasFailed)
{
    // What a run that ended early had read by then depends on how far its threads were.
    public override string ToString() => Report is null
        ? Error!.GetType().Name
        : Error is null
            ? $"completed: read {Report.Read}; stored {Report.Stored}; duplicate {Report.Duplicate}; conflict {Report.Conflict}; quarantined {Report.Quarantined}{(Report.KnownFrom is null ? "" : "; known")}"
            : $"{Error.GetType().Name}: stored {Report.Stored}; duplicate {Report.Duplicate}";
}
