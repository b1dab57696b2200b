using System.IO.Compression;

namespace Billing.Workbooks;

/// <summary>Copies an archive so that no time of day is in it.</summary>
internal static class TimelessZip
{
    // The first moment that an archive can state.
    private static readonly DateTimeOffset s_time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task CopyAsync(Stream archive, Stream output, CancellationToken cancellationToken)
    {
        using ZipArchive from = new(archive, ZipArchiveMode.Read, leaveOpen: true);
        using ZipArchive to = new(output, ZipArchiveMode.Create, leaveOpen: true);
        foreach (ZipArchiveEntry entry in from.Entries)
        {
            ZipArchiveEntry copy = to.CreateEntry(entry.FullName, CompressionLevel.Optimal);
            copy.LastWriteTime = s_time;
            Stream source = await entry.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using (source.ConfigureAwait(false))
            {
                Stream target = await copy.OpenAsync(cancellationToken).ConfigureAwait(false);
                await using (target.ConfigureAwait(false))
                {
                    await source.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }
}
