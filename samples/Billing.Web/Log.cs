namespace Billing.Web;

/// <summary>Every sentence that the host logs. None has content, amounts or names of files.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Nobody signs in: the host listens on this machine only.")]
    public static partial void NoSignIn(ILogger logger);

    [LoggerMessage(2, LogLevel.Debug, "Request {Trace} was broken off by its client.")]
    public static partial void RequestAborted(ILogger logger, string trace);

    [LoggerMessage(3, LogLevel.Error, "Failure {Id} of {Route}.")]
    public static partial void RequestFailed(ILogger logger, Exception exception, string id, string route);

    [LoggerMessage(4, LogLevel.Information, "Import {Import} began.")]
    public static partial void ImportBegan(ILogger logger, string import);

    [LoggerMessage(5, LogLevel.Information, "Import {Import} ended: {State}.")]
    public static partial void ImportEnded(ILogger logger, string import, string state);

    [LoggerMessage(6, LogLevel.Error, "Import {Import} failed.")]
    public static partial void ImportFailed(ILogger logger, Exception exception, string import);

    [LoggerMessage(7, LogLevel.Warning, "Upload {Upload} could not be deleted.")]
    public static partial void UploadNotDeleted(ILogger logger, Exception exception, string upload);

    [LoggerMessage(8, LogLevel.Warning, "The note of import {Import} in the folder of the host is damaged, and is left out.")]
    public static partial void ImportNotRead(ILogger logger, Exception exception, string import);

    [LoggerMessage(9, LogLevel.Warning, "Sign-in {Id} was refused: {Why}.")]
    public static partial void SignInRefused(ILogger logger, Exception? exception, string id, string why);

    [LoggerMessage(10, LogLevel.Warning, "The identity provider could not be asked where its sessions end: somebody was signed out here only.")]
    public static partial void ProviderUnknown(ILogger logger, Exception exception);

    [LoggerMessage(11, LogLevel.Warning, "The first screen of {Path} could not be drawn here: the browser draws it.")]
    public static partial void FirstScreenNotDrawn(ILogger logger, Exception exception, string path);
}
