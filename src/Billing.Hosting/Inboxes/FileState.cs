namespace Billing.Hosting.Inboxes;

/// <summary>What of a file changes while it is written.</summary>
internal readonly record struct FileState(long Length, DateTime WrittenAt)
{
    /// <summary>The state of a file now; of one that is gone, another than that of any file.</summary>
    public static FileState Of(string path) => new FileInfo(path) is { Exists: true } file ? new FileState(file.Length, file.LastWriteTimeUtc) : new FileState(-1, default);
}
