namespace Billing;

/// <summary>Thrown when a run was cancelled. What was stored stays stored, and running it again is safe.</summary>
public sealed class IngestCanceledException : OperationCanceledException
{
    /// <summary>Creates an exception for the run of <paramref name="report"/>.</summary>
    public IngestCanceledException(string message, IngestReport report, Exception? innerException, CancellationToken token)
        : base(message, innerException, token)
    {
        ArgumentNullException.ThrowIfNull(report);
        Report = report;
    }

    /// <summary>The report of the run: what the ledger has of it, including its last batch.</summary>
    public IngestReport Report { get; }
}
