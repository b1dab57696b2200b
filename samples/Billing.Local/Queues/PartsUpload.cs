using Amazon.S3;
using Amazon.S3.Model;

namespace Billing.Local.Queues;

/// <summary>Uploads a large object in parts; it exists once the last part is uploaded.</summary>
internal static class PartsUpload
{
    /// <returns>The entity tag.</returns>
    public static async Task<string> PutAsync(IAmazonS3 client, string bucket, string key, Stream content, int partSize, CancellationToken cancellationToken)
    {
        string upload = (await client.InitiateMultipartUploadAsync(bucket, key, cancellationToken)).UploadId;
        try
        {
            List<PartETag> parts = [];
            byte[] buffer = new byte[partSize];
            while (await content.ReadAtLeastAsync(buffer, partSize, throwOnEndOfStream: false, cancellationToken) is var read and > 0)
            {
                UploadPartRequest part = new() { BucketName = bucket, Key = key, UploadId = upload, PartNumber = parts.Count + 1, PartSize = read, InputStream = new MemoryStream(buffer, 0, read), UseChunkEncoding = false };
                parts.Add(new PartETag(part.PartNumber.Value, (await client.UploadPartAsync(part, cancellationToken)).ETag));
            }

            return (await client.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest { BucketName = bucket, Key = key, UploadId = upload, PartETags = parts }, cancellationToken)).ETag;
        }
        catch
        {
            _ = await client.AbortMultipartUploadAsync(bucket, key, upload, CancellationToken.None);
            throw;
        }
    }
}
