using System.Security.Cryptography;
using System.Text;

namespace Billing;

/// <summary>One upload of a file. The same event that is delivered twice names the same upload, and counts once.</summary>
/// <param name="Id">What names the upload and no other: see <see cref="OfObject"/>.</param>
public readonly record struct ReceiptUpload(string Id)
{
    /// <summary>The upload of an object: its bucket, its key, and what tells versions of one key apart, such as the version id or the sequencer of an S3 event.</summary>
    /// <returns>An upload whose id has 43 characters.</returns>
    public static ReceiptUpload OfObject(string bucket, string key, string version)
    {
        ArgumentException.ThrowIfNullOrEmpty(bucket);
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentException.ThrowIfNullOrEmpty(version);
        byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes($"billing upload v1\0{bucket.Length}:{bucket}{key.Length}:{key}{version}"));
        return new ReceiptUpload(System.Buffers.Text.Base64Url.EncodeToString(digest));
    }
}
