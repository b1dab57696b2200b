namespace Billing.Hosting.Inboxes;

/// <summary>What changes in a file while it is written.</summary>
internal readonly record struct FileState(long Length, DateTime WrittenAt)
{
    /// <summary>Returns the present state of a file; for a missing one, a state that no file has.</summary>
    public static FileState Of(string path) => new FileInfo(path) is { Exists: true } file ? new FileState(file.Length, file.LastWriteTimeUtc) : new FileState(-1, default);
}
