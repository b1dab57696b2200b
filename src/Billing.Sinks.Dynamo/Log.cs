using Microsoft.Extensions.Logging;

namespace Billing.Sinks.Dynamo;

/// <summary>Every sentence that this package logs. No content, no secrets.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Created the DynamoDB table {Table}.")]
    public static partial void TableCreated(ILogger logger, string table);

    [LoggerMessage(2, LogLevel.Debug, "DynamoDB table {Table}: try {Failures} failed ({Error}); the next one in {Milliseconds} ms.")]
    public static partial void TriedAgain(ILogger logger, string table, int failures, string error, int milliseconds);

    [LoggerMessage(3, LogLevel.Warning, "The whole DynamoDB table {Table} is read: a table with a layout has no index that serves this query.")]
    public static partial void Scanned(ILogger logger, string table);

    [LoggerMessage(4, LogLevel.Warning, "{Items} items of the DynamoDB table {Table} are of another program; they were left out.")]
    public static partial void ForeignItems(ILogger logger, string table, long items);
}
