using System.Security.Cryptography;
using System.Text;

namespace Billing;

/// <summary>One upload of a file. An event that is delivered twice names the same upload and counts once.</summary>
/// <param name="Id">The unique id of the upload: see <see cref="OfObject"/>.</param>
public readonly record struct ReceiptUpload(string Id)
{
    /// <summary>Returns the upload of an object, from its bucket, its key, and what distinguishes the versions of one key, such as the version id or the sequencer of an S3 event.</summary>
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
