using System.Buffers;
using System.Security.Cryptography;

namespace Billing;

/// <summary>Computes the digest of a file, reading it once.</summary>
public static class ReceiptHasher
{
    private const int BufferSize = 128 * 1024;

    /// <summary>Returns the SHA-256 of everything from the stream's position to its end, in lower-case hexadecimal, and the number of bytes. Memory does not grow with the file.</summary>
    public static async Task<ReceiptDigest> HashAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            long size = 0;
            while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var read and > 0)
            {
                hash.AppendData(buffer, 0, read);
                size += read;
            }

            return new ReceiptDigest(Convert.ToHexStringLower(hash.GetHashAndReset()), size);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
