using Microsoft.Extensions.Logging;

namespace Billing.Sinks.Sql;

/// <summary>Every message that this package logs. No amounts, no content, no secrets.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "The database failed with a transient error ({Reason}, error {Number}). Attempt {Attempt} follows in {Delay}.")]
    public static partial void Retrying(ILogger logger, string reason, string? number, int attempt, TimeSpan delay);

    [LoggerMessage(3, LogLevel.Information, "The server denied access. Reading the credentials again.")]
    public static partial void ReadingCredentialsAgain(ILogger logger);
}
