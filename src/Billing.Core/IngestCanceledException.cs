namespace Billing;

/// <summary>A run was cancelled. What was stored stays stored, and running it again is safe.</summary>
public sealed class IngestCanceledException : OperationCanceledException
{
    /// <summary>Creates an exception for the run of <paramref name="report"/>.</summary>
    public IngestCanceledException(string message, IngestReport report, Exception? innerException, CancellationToken token)
        : base(message, innerException, token)
    {
        ArgumentNullException.ThrowIfNull(report);
        Report = report;
    }

    /// <summary>What the ledger has of the run, its last batch included.</summary>
    public IngestReport Report { get; }
}
