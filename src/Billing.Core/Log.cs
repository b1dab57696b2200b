using Microsoft.Extensions.Logging;

namespace Billing;

/// <summary>All log messages of this package. They contain no amounts with names, no content and no secrets.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Run {RunId} reads {Source}.")]
    public static partial void RunStarted(ILogger logger, string runId, string source);

    [LoggerMessage(2, LogLevel.Debug, "Run {RunId} has read {Rows} rows, {Bytes} bytes.")]
    public static partial void BatchWritten(ILogger logger, string runId, long rows, long bytes);

    [LoggerMessage(3, LogLevel.Information, "Run {RunId} balances: read {Read} = stored {Stored} + duplicate {Duplicate} + conflict {Conflict} + quarantined {Quarantined}.")]
    public static partial void RunCompleted(ILogger logger, string runId, long read, long stored, long duplicate, long conflict, long quarantined);

    [LoggerMessage(4, LogLevel.Warning, "Run {RunId}: {Rows} rows are in quarantine ({Reasons}).")]
    public static partial void RowsQuarantined(ILogger logger, string runId, long rows, string reasons);

    [LoggerMessage(5, LogLevel.Warning, "Run {RunId}: {Rows} rows conflict with what is stored; nothing was overwritten.")]
    public static partial void RowsInConflict(ILogger logger, string runId, long rows);

    [LoggerMessage(6, LogLevel.Warning, "Run {RunId}: {Warning}")]
    public static partial void Warned(ILogger logger, string runId, string warning);

    [LoggerMessage(7, LogLevel.Error, "Run {RunId} ended early: {Error} What was stored stays stored; running it again is safe.")]
    public static partial void RunFailed(ILogger logger, string runId, string error);

    [LoggerMessage(8, LogLevel.Error, "Run {RunId} ended early, and that could not be recorded in {Sink}; the run stays listed as running.")]
    public static partial void RunNotRecorded(ILogger logger, Exception exception, string runId, string sink);

    [LoggerMessage(9, LogLevel.Information, "Run {RunId} replays the quarantine of {Source}.")]
    public static partial void ReplayStarted(ILogger logger, string runId, string source);

    [LoggerMessage(10, LogLevel.Warning, "Attempt {Attempt} to send the alert {AlertId} failed; it will be tried again later.")]
    public static partial void AlertNotSent(ILogger logger, Exception exception, string alertId, int attempt);

    [LoggerMessage(11, LogLevel.Warning, "Attempt {Attempt} to send the alert {AlertId} took longer than {Timeout}; it will be tried again later.")]
    public static partial void AlertTimedOut(ILogger logger, string alertId, int attempt, TimeSpan timeout);

    [LoggerMessage(12, LogLevel.Error, "The outcome for the alert {AlertId} could not be recorded in its store; the alert will be tried again when its claim expires.")]
    public static partial void AlertNotNoted(ILogger logger, Exception exception, string alertId);

    [LoggerMessage(13, LogLevel.Error, "Run {RunId} does not balance; its report has the details.")]
    public static partial void RunNotBalanced(ILogger logger, string runId);

    [LoggerMessage(14, LogLevel.Information, "Run {RunId} stored {Rows} rows that an earlier delivery of their source had left in quarantine; they are now closed.")]
    public static partial void QuarantineClosed(ILogger logger, string runId, int rows);

    [LoggerMessage(15, LogLevel.Warning, "The exchange rates could not be fetched. Rates from {Age} ago are used; once they are older than {MaxAge}, no run begins.")]
    public static partial void RatesNotFetched(ILogger logger, Exception exception, TimeSpan age, TimeSpan maxAge);

    [LoggerMessage(16, LogLevel.Information, "Dry run {RunId} is complete: {Read} rows read; {Stored} would be stored, {Duplicate} duplicate, {Conflict} in conflict, {Quarantined} quarantined. Nothing is stored.")]
    public static partial void DryRunCompleted(ILogger logger, string runId, long read, long stored, long duplicate, long conflict, long quarantined);

    [LoggerMessage(17, LogLevel.Error, "Run {RunId} has ended, and a listener that was told its report threw an exception. The run stays as it ended.")]
    public static partial void RunListenerFailed(ILogger logger, Exception exception, string runId);

    [LoggerMessage(18, LogLevel.Information, "Run {RunId} is complete: run {KnownFrom} took the same bytes of {Source}, so its {Rows} rows were not read again.")]
    public static partial void SourceKnown(ILogger logger, string runId, string knownFrom, string source, long rows);

    [LoggerMessage(19, LogLevel.Error, "Run {RunId} is contradicted: {Source} does not come to the totals that are stated of it. Nothing of it is stored; its report has the figures.")]
    public static partial void RunContradicted(ILogger logger, string runId, string source);

    [LoggerMessage(20, LogLevel.Warning, "Run {RunId} has ended and is not sealed: billing seal, or LedgerSeals in code, seals it.")]
    public static partial void RunNotSealed(ILogger logger, Exception? exception, string runId);

    [LoggerMessage(22, LogLevel.Warning, "Run {RunId} has ended, and what it looks like could not be kept: later runs are compared with those before it.")]
    public static partial void ProfileNotKept(ILogger logger, Exception exception, string runId);

    [LoggerMessage(21, LogLevel.Warning, "Run {RunId} has ended, and rows that wait in quarantine for a rate could not be released: replay them (billing quarantine replay --reason no_rate), with the rules and rates that they need.")]
    public static partial void RowsNotReleased(ILogger logger, Exception exception, string runId);
}
