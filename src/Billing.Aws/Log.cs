using Microsoft.Extensions.Logging;

namespace Billing.Aws;

/// <summary>Every sentence that this package logs. No content, no secrets.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Debug, "{Call}: try {Failures} failed ({Error}); the next one in {Delay}.")]
    public static partial void TriedAgain(ILogger logger, string call, int failures, string error, TimeSpan delay);

    [LoggerMessage(2, LogLevel.Error, "The message {MessageId} could not be handled; the queue delivers it again.")]
    public static partial void MessageFailed(ILogger logger, Exception exception, string messageId);

    [LoggerMessage(3, LogLevel.Warning, "The message {MessageId} is to be delivered again: {Reason}")]
    public static partial void MessageReturned(ILogger logger, string messageId, string reason);

    [LoggerMessage(4, LogLevel.Warning, "The message {MessageId} cannot be processed ({Reason}); it is kept in the quarantine of {Ledger}.")]
    public static partial void MessageQuarantined(ILogger logger, string messageId, string reason, string ledger);

    [LoggerMessage(5, LogLevel.Error, "The message {MessageId} cannot be processed and could not be kept in the quarantine of {Ledger}; the queue delivers it again.")]
    public static partial void QuarantineFailed(ILogger logger, Exception exception, string messageId, string ledger);

    [LoggerMessage(6, LogLevel.Warning, "{Messages} messages were not done before the deadline; the queue delivers them again.")]
    public static partial void DeadlineCame(ILogger logger, int messages);

    [LoggerMessage(7, LogLevel.Error, "{Messages} messages were not ingested; the queue delivers them again.")]
    public static partial void IngestFailed(ILogger logger, Exception exception, int messages);

    [LoggerMessage(8, LogLevel.Warning, "The reading of {Source} broke off after {Position} bytes and goes on from there.")]
    public static partial void SourceResumed(ILogger logger, Exception? exception, string source, long position);

    [LoggerMessage(9, LogLevel.Information, "The secret {Secret} is read again.")]
    public static partial void SecretReadAgain(ILogger logger, string secret);

    [LoggerMessage(10, LogLevel.Debug, "The local secrets agent did not give {Secret} ({Why}); Secrets Manager is asked itself.")]
    public static partial void AgentPassedBy(ILogger logger, string secret, string why);

    [LoggerMessage(11, LogLevel.Error, "A handler of messages went on after the deadline and then failed; its messages were returned already.")]
    public static partial void LateFailure(ILogger logger, Exception exception);

    [LoggerMessage(12, LogLevel.Warning, "{Messages} messages were not ingested together ({Why}); each is tried by itself.")]
    public static partial void IngestedOneByOne(ILogger logger, int messages, string why);

    [LoggerMessage(13, LogLevel.Information, "Messages are taken from the queue {Queue}.")]
    public static partial void Listening(ILogger logger, string queue);

    [LoggerMessage(14, LogLevel.Error, "The queue {Queue} could not be asked or told; it is asked again in {Pause}. Messages that it was not told of come again.")]
    public static partial void QueueNotAsked(ILogger logger, Exception exception, string queue, TimeSpan pause);

    [LoggerMessage(15, LogLevel.Warning, "A message could not be {What} ({Error}); it comes again, and its record is a duplicate then.")]
    public static partial void MessageNotSettled(ILogger logger, string what, string? error);
}
