using Microsoft.Extensions.Logging;

namespace Billing.Sinks.Sql;

/// <summary>Every sentence that this package logs. No amounts, no content, no secrets.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "The database failed in a way that may pass ({Reason}, error {Number}); attempt {Attempt} follows after {Delay}.")]
    public static partial void Retrying(ILogger logger, string reason, string? number, int attempt, TimeSpan delay);

    [LoggerMessage(3, LogLevel.Information, "The server denied access; the credentials are read again.")]
    public static partial void ReadingCredentialsAgain(ILogger logger);
}
