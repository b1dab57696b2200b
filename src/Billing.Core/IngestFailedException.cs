namespace Billing;

/// <summary>Thrown when a run ended before its source did, does not balance, or is contradicted by what the sender states. What was stored stays stored, and running it again is safe; of a contradicted run nothing is stored.</summary>
public sealed class IngestFailedException : BillingException
{
    /// <summary>Creates an exception for the run of <paramref name="report"/>.</summary>
    public IngestFailedException(string message, IngestReport report, Exception? innerException = null)
        : base(message, innerException)
    {
        ArgumentNullException.ThrowIfNull(report);
        Report = report;
    }

    /// <summary>The report of the run, with the totals up to where it ended.</summary>
    public IngestReport Report { get; }
}
