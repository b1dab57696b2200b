using Microsoft.Win32.SafeHandles;

namespace Billing.Occurrences;

/// <summary>Files for what does not fit in memory. Each is deleted when it is closed, even if the process is killed.</summary>
internal static class TemporaryFile
{
    /// <exception cref="IOException">The folder cannot take the file.</exception>
    public static SafeFileHandle Open(string folder)
    {
        string path = Path.Combine(folder, $"billing-{Guid.NewGuid():N}.tmp");
        SafeFileHandle file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.DeleteOnClose);
        if (!OperatingSystem.IsWindows())
        {
            // Windows deletes the file on close, even if the process is killed; elsewhere, only a file without a name leaves nothing behind then.
            File.Delete(path);
        }

        return file;
    }
}
