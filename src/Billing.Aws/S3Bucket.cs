using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using Billing.Aws.Objects;

namespace Billing.Aws;

/// <summary>An S3 bucket. Objects are stored whole or not at all, with a SHA-256 that S3 checks. Safe for concurrent use.</summary>
public sealed class S3Bucket
{
    private readonly IAmazonS3 _client;

    /// <summary>Creates a bucket object, without calling AWS.</summary>
    /// <param name="client">The client, which the caller disposes; <see cref="AwsConnection.S3"/> is one.</param>
    /// <param name="name">The name of the bucket.</param>
    public S3Bucket(IAmazonS3 client, string name)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(name);
        BillingConfigurationException.ThrowUnless(!string.IsNullOrWhiteSpace(name), nameof(S3Bucket), nameof(name), name, "the name of a bucket");
        _client = client;
        Name = name;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>Returns an object as a source.</summary>
    public S3Source Source(string key, S3SourceOptions? options = null) => new(_client, Name, key, options);

    /// <summary>Stores an object. Replaces an object with the same key, unless the options forbid it.</summary>
    /// <returns>The object that S3 has stored.</returns>
    /// <exception cref="AwsException">The object was not stored; <see cref="AwsException.StatusCode"/> is 412 if <see cref="S3PutOptions.OnlyIfAbsent"/> is set and the key exists.</exception>
    public Task<S3StoredObject> PutAsync(string key, ReadOnlyMemory<byte> content, S3PutOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return PutAsync(key, new MemoryStream(content.ToArray(), writable: false), SHA256.HashData(content.Span), (options ?? new S3PutOptions()).Checked(), cancellationToken);
    }

    /// <summary>Stores an object from a seekable stream, such as a file. The stream is read twice, from its current position, and left open.</summary>
    /// <inheritdoc cref="PutAsync(string, ReadOnlyMemory{byte}, S3PutOptions, CancellationToken)"/>
    /// <exception cref="ArgumentException">The stream is not seekable.</exception>
    public async Task<S3StoredObject> PutAsync(string key, Stream content, S3PutOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(content);
        if (!content.CanSeek)
        {
            throw new ArgumentException("The stream is not seekable. Write it to a file first.", nameof(content));
        }

        long start = content.Position;
        byte[] hash = await SHA256.HashDataAsync(content, cancellationToken).ConfigureAwait(false);
        content.Position = start;
        return await PutAsync(key, content, hash, (options ?? new S3PutOptions()).Checked(), cancellationToken).ConfigureAwait(false);
    }

    private async Task<S3StoredObject> PutAsync(string key, Stream content, byte[] sha256, S3PutOptions options, CancellationToken cancellationToken)
    {
        PutObjectRequest request = new()
        {
            BucketName = Name,
            Key = key,
            InputStream = content,
            AutoCloseStream = false,
            ContentType = options.ContentType,
            ChecksumSHA256 = Convert.ToBase64String(sha256),
            // The content is already hashed above. It is sent in one piece, so it needs no trailer.
            UseChunkEncoding = false,
        };
        if (options.StorageClass is not null)
        {
            request.StorageClass = S3StorageClass.FindValue(options.StorageClass);
        }

        if (options.OnlyIfAbsent)
        {
            request.IfNoneMatch = "*";
        }

        foreach ((string name, string value) in options.Metadata)
        {
            request.Metadata[name] = value;
        }

        try
        {
            PutObjectResponse response = await _client.PutObjectAsync(request, cancellationToken).ConfigureAwait(false);
            return new S3StoredObject($"s3://{Name}/{key}", response.ETag ?? "", string.IsNullOrEmpty(response.VersionId) ? null : response.VersionId, Convert.ToHexStringLower(sha256));
        }
        catch (AmazonS3Exception e)
        {
            throw ObjectErrors.Of(e, "PutObject", $"s3://{Name}/{key}");
        }
    }
}
