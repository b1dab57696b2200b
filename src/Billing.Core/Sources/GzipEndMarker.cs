using System.IO.Compression;

namespace Billing.Sources;

/// <summary>
/// A small gzip member with known content. .NET's <see cref="GZipStream"/> accepts a file that was cut off anywhere as complete, without an error.
/// If this member follows the last byte of a whole file, its content comes out last; after a file that was cut off, it cannot.
/// </summary>
internal static class GzipEndMarker
{
    /// <summary>The content that must come out last.</summary>
    public static ReadOnlySpan<byte> Content =>
        [0x9b, 0x3e, 0xd1, 0x07, 0x5a, 0xc4, 0x68, 0xf2, 0x11, 0xae, 0x73, 0x4d, 0xe0, 0x96, 0x2c, 0x85];

    /// <summary>The compressed member that is appended.</summary>
    public static ReadOnlyMemory<byte> Member { get; } = Compress();

    private static byte[] Compress()
    {
        using MemoryStream member = new();
        using (GZipStream gzip = new(member, CompressionLevel.NoCompression, leaveOpen: true))
        {
            gzip.Write(Content);
        }

        return member.ToArray();
    }
}
