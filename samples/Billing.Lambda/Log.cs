using Microsoft.Extensions.Logging;

namespace Billing.Lambda;

/// <summary>Every message that this program logs. No content, no secrets.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "The function {Function} has started. Its heap is limited to {Megabytes} MB.")]
    public static partial void Started(ILogger logger, string function, long megabytes);

    [LoggerMessage(2, LogLevel.Critical, "The function {Function} cannot start.")]
    public static partial void StartFailed(ILogger logger, Exception exception, string function);

    [LoggerMessage(3, LogLevel.Error, "The event could not be handled.")]
    public static partial void EventFailed(ILogger logger, Exception exception);

    [LoggerMessage(4, LogLevel.Critical, "The function did not react to its cancellation before the deadline. The process ends, so that no old work continues during the next event.")]
    public static partial void RanLate(ILogger logger);

    [LoggerMessage(5, LogLevel.Warning, "The work after the answer failed. A schedule repeats it.")]
    public static partial void AfterwardsFailed(ILogger logger, Exception exception);

    [LoggerMessage(6, LogLevel.Information, "The function is stopping, as requested.")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(7, LogLevel.Information, "{Source}: {Read} rows read, {Stored} stored, {Duplicate} duplicate, {Conflict} in conflict, {Quarantined} quarantined; run {RunId}.")]
    public static partial void Ingested(ILogger logger, string source, long read, long stored, long duplicate, long conflict, long quarantined, string runId);

    [LoggerMessage(8, LogLevel.Warning, "{Source}: {Warning}")]
    public static partial void SourceWarning(ILogger logger, string source, string warning);

    [LoggerMessage(9, LogLevel.Information, "{EventName} does not create an object. Nothing to do.")]
    public static partial void NotCreated(ILogger logger, string eventName);

    [LoggerMessage(10, LogLevel.Information, "The receipt {Receipt} of {Address}: {Outcome}.")]
    public static partial void ReceiptTaken(ILogger logger, string receipt, string address, ReceiptOutcome outcome);

    [LoggerMessage(11, LogLevel.Information, "{Sent} alerts were sent, {Failed} failed and are due again later.")]
    public static partial void AlertsSent(ILogger logger, int sent, int failed);

    [LoggerMessage(14, LogLevel.Information, "{Tables} tables exist, and {User} may use them.")]
    public static partial void DatabaseReady(ILogger logger, int tables, string user);

    [LoggerMessage(13, LogLevel.Error, "The answer has {Bytes} bytes, more than Lambda accepts. The work is done. Ask for a smaller page.")]
    public static partial void AnswerTooLarge(ILogger logger, int bytes);

    [LoggerMessage(14, LogLevel.Critical, "{Reason} The process ends. Lambda starts another one.")]
    public static partial void RuntimeFailed(ILogger logger, Exception exception, string reason);

    [LoggerMessage(12, LogLevel.Error, "{Address} could not be ingested.")]
    public static partial void ObjectFailed(ILogger logger, Exception exception, string address);

    [LoggerMessage(15, LogLevel.Warning, "The database of the backup failed in a way that may pass ({Reason}); attempt {Attempt} follows after {Delay}.")]
    public static partial void BackupRetried(ILogger logger, string reason, int attempt, TimeSpan delay);

    [LoggerMessage(16, LogLevel.Information, "The database of the backup denied access; the credentials are read again.")]
    public static partial void BackupCredentialsReadAgain(ILogger logger);
}
