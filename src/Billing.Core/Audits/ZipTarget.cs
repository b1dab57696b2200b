using System.IO.Compression;

namespace Billing.Audits;

/// <summary>A ZIP archive, with the same times and permissions for every file: the same files give the same bytes.</summary>
internal sealed class ZipTarget(Stream zip) : IBundleTarget
{
    // A file that its owner writes and everybody reads, in the upper half, as Unix has it.
    private const int Attributes = 0x81A4 << 16;

    private static readonly DateTimeOffset s_time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ZipArchive _archive = new(zip, ZipArchiveMode.Create, leaveOpen: true);

    public Stream Open(string name)
    {
        ZipArchiveEntry entry = _archive.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = s_time;
        entry.ExternalAttributes = Attributes;
        return entry.Open();
    }

    public void Dispose() => _archive.Dispose();
}
