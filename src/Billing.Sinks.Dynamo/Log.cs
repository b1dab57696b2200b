using Microsoft.Extensions.Logging;

namespace Billing.Sinks.Dynamo;

/// <summary>Every message that this package logs. No content, no secrets.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Created the DynamoDB table {Table}.")]
    public static partial void TableCreated(ILogger logger, string table);

    [LoggerMessage(2, LogLevel.Debug, "DynamoDB table {Table}: attempt {Failures} failed ({Error}). The next attempt follows in {Milliseconds} ms.")]
    public static partial void TriedAgain(ILogger logger, string table, int failures, string error, int milliseconds);

    [LoggerMessage(3, LogLevel.Warning, "Scanning the whole DynamoDB table {Table}: a table with a layout has no index for this query.")]
    public static partial void Scanned(ILogger logger, string table);

    [LoggerMessage(4, LogLevel.Warning, "{Items} items of the DynamoDB table {Table} belong to another program. They were left out.")]
    public static partial void ForeignItems(ILogger logger, string table, long items);
}
