using Microsoft.Win32.SafeHandles;

namespace Billing.Sources;

/// <summary>Reads a temporary file from its start. The file stays open.</summary>
internal sealed class SpoolStream(SafeFileHandle file) : ReadOnlyStream(Null)
{
    private long _position;

    /// <summary>Creates a file that is gone once it is closed, also if the process is killed.</summary>
    public static SafeFileHandle CreateFile()
    {
        string path = Path.Combine(Path.GetTempPath(), $"billing-{Guid.NewGuid():N}.source");
        SafeFileHandle file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.DeleteOnClose);
        if (!OperatingSystem.IsWindows())
        {
            // Windows deletes the file on close, even if the process is killed; elsewhere, only a file without a name leaves nothing behind then.
            File.Delete(path);
        }

        return file;
    }

    public override int Read(Span<byte> buffer)
    {
        int read = RandomAccess.Read(file, buffer, _position);
        _position += read;
        return read;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await RandomAccess.ReadAsync(file, buffer, _position, cancellationToken).ConfigureAwait(false);
        _position += read;
        return read;
    }
}
