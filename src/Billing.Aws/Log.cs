using Microsoft.Extensions.Logging;

namespace Billing.Aws;

/// <summary>Every message that this package logs. No content, no secrets.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Debug, "{Call}: attempt {Failures} failed ({Error}). The next attempt follows in {Delay}.")]
    public static partial void TriedAgain(ILogger logger, string call, int failures, string error, TimeSpan delay);

    [LoggerMessage(2, LogLevel.Error, "The message {MessageId} could not be handled. The queue will deliver it again.")]
    public static partial void MessageFailed(ILogger logger, Exception exception, string messageId);

    [LoggerMessage(3, LogLevel.Warning, "The queue will deliver the message {MessageId} again: {Reason}")]
    public static partial void MessageReturned(ILogger logger, string messageId, string reason);

    [LoggerMessage(4, LogLevel.Warning, "The message {MessageId} cannot be processed ({Reason}). It is kept in the quarantine of {Ledger}.")]
    public static partial void MessageQuarantined(ILogger logger, string messageId, string reason, string ledger);

    [LoggerMessage(5, LogLevel.Error, "The message {MessageId} cannot be processed, and could not be kept in the quarantine of {Ledger}. The queue will deliver it again.")]
    public static partial void QuarantineFailed(ILogger logger, Exception exception, string messageId, string ledger);

    [LoggerMessage(6, LogLevel.Warning, "{Messages} messages were not finished before the deadline. The queue will deliver them again.")]
    public static partial void DeadlineCame(ILogger logger, int messages);

    [LoggerMessage(7, LogLevel.Error, "{Messages} messages were not ingested. The queue will deliver them again.")]
    public static partial void IngestFailed(ILogger logger, Exception exception, int messages);

    [LoggerMessage(8, LogLevel.Warning, "Reading {Source} was interrupted after {Position} bytes. It continues from there.")]
    public static partial void SourceResumed(ILogger logger, Exception? exception, string source, long position);

    [LoggerMessage(9, LogLevel.Information, "Reading the secret {Secret} again.")]
    public static partial void SecretReadAgain(ILogger logger, string secret);

    [LoggerMessage(10, LogLevel.Debug, "The local secrets agent did not return {Secret} ({Why}). Asking Secrets Manager directly.")]
    public static partial void AgentPassedBy(ILogger logger, string secret, string why);

    [LoggerMessage(11, LogLevel.Error, "A message handler continued after the deadline and then failed. Its messages had already been returned to the queue.")]
    public static partial void LateFailure(ILogger logger, Exception exception);

    [LoggerMessage(12, LogLevel.Warning, "{Messages} messages could not be ingested together ({Why}). Each one is now tried alone.")]
    public static partial void IngestedOneByOne(ILogger logger, int messages, string why);

    [LoggerMessage(13, LogLevel.Information, "Receiving messages from the queue {Queue}.")]
    public static partial void Listening(ILogger logger, string queue);

    [LoggerMessage(14, LogLevel.Error, "A call to the queue {Queue} failed. The next call follows in {Pause}. Messages that could not be deleted are delivered again.")]
    public static partial void QueueNotAsked(ILogger logger, Exception exception, string queue, TimeSpan pause);

    [LoggerMessage(15, LogLevel.Warning, "A message could not be {What} ({Error}). It will be delivered again; its record is then a duplicate.")]
    public static partial void MessageNotSettled(ILogger logger, string what, string? error);
}
