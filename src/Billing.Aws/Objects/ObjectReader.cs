using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Logging;

namespace Billing.Aws.Objects;

/// <summary>Opens an object from its first byte, or from a later one.</summary>
internal sealed class ObjectReader(IAmazonS3 client, string bucket, string key, S3SourceOptions options, string name, ILogger logger)
{
    /// <summary>The name of the source, for error messages.</summary>
    public string Name => name;

    /// <summary>How many times reading resumes without receiving a byte.</summary>
    public int MaxResumes => options.MaxResumes;

    /// <summary>Opens the object from its first byte.</summary>
    /// <exception cref="AwsException">The object does not exist, or may not be read.</exception>
    public async ValueTask<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        GetObjectResponse response = await GetAsync(0, Quoted(options.ETag), null, cancellationToken).ConfigureAwait(false);
        return new ObjectStream(this, response, ObjectCheck.Of(response, options.PartBytes));
    }

    /// <summary>Opens the rest of the same object.</summary>
    /// <exception cref="AwsException">The object no longer exists, has changed, or may not be read.</exception>
    public async ValueTask<GetObjectResponse> ResumeAsync(long position, long length, string? etag, string? versionId, Exception? cause, CancellationToken cancellationToken)
    {
        Log.SourceResumed(logger, cause, name, position);
        GetObjectResponse response = await GetAsync(position, etag, versionId, cancellationToken).ConfigureAwait(false);
        if (response.ContentLength == length - position)
        {
            return response;
        }

        response.Dispose();
        throw new InvalidDataException(FormattableString.Invariant($"{name}: the rest of the object, from byte {position}, has {response.ContentLength} bytes instead of {length - position}. Read it again."));
    }

    // Events state the tag without quotes.
    private static string? Quoted(string? etag) => string.IsNullOrEmpty(etag) || etag[0] == '"' ? etag : $"\"{etag}\"";

    private async ValueTask<GetObjectResponse> GetAsync(long position, string? etag, string? versionId, CancellationToken cancellationToken)
    {
        GetObjectRequest request = new() { BucketName = bucket, Key = key, VersionId = versionId ?? options.VersionId };
        if (position > 0)
        {
            request.ByteRange = new ByteRange(FormattableString.Invariant($"bytes={position}-"));
        }

        if (!string.IsNullOrEmpty(etag))
        {
            request.EtagToMatch = etag;
        }

        try
        {
            return await client.GetObjectAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonS3Exception e)
        {
            throw ObjectErrors.Of(e, "GetObject", name, position > 0);
        }
    }
}
