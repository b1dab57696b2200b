using Microsoft.Extensions.Logging;

namespace Billing.Hosting;

/// <summary>Every message that this package logs. No amounts, no content, no secrets.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Watching {Folder} for files ({Pattern}).")]
    public static partial void Watching(ILogger logger, string folder, string pattern);

    [LoggerMessage(2, LogLevel.Information, "{File} is in the ledger (run {RunId}): read {Read} = stored {Stored} + duplicate {Duplicate} + conflict {Conflict} + quarantined {Quarantined}. It was moved to {Folder}.")]
    public static partial void FileTaken(ILogger logger, string file, string runId, long read, long stored, long duplicate, long conflict, long quarantined, string folder);

    [LoggerMessage(3, LogLevel.Warning, "{File} changed while run {RunId} read it. It stays, and is ingested again once it has settled; what is stored is then a duplicate.")]
    public static partial void FileChanged(ILogger logger, string file, string runId);

    [LoggerMessage(4, LogLevel.Information, "{File} is gone: another process has taken or moved it.")]
    public static partial void FileGone(ILogger logger, string file);

    [LoggerMessage(5, LogLevel.Error, "{File} could not be ingested, and was moved to {Place}: {Why}")]
    public static partial void FileRefused(ILogger logger, string file, string place, string why);

    [LoggerMessage(6, LogLevel.Error, "{File} could not be ingested (attempt {Attempt}). It stays, and is tried again in {Pause}; what was stored of it is then a duplicate.")]
    public static partial void FilePostponed(ILogger logger, Exception exception, string file, int attempt, TimeSpan pause);

    [LoggerMessage(7, LogLevel.Error, "The folder {Folder} cannot be read; it is tried again in {Interval}.")]
    public static partial void FolderUnreadable(ILogger logger, Exception exception, string folder, TimeSpan interval);

    [LoggerMessage(8, LogLevel.Information, "Alerts: {Sent} were sent; {Failed} could not be sent and are tried again later.")]
    public static partial void AlertsSent(ILogger logger, int sent, int failed);

    [LoggerMessage(9, LogLevel.Error, "The alerts of the ledger cannot be read; they are tried again in {Interval}.")]
    public static partial void AlertsUnreadable(ILogger logger, Exception exception, TimeSpan interval);
}
