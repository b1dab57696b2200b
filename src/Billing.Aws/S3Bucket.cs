using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using Billing.Aws.Objects;

namespace Billing.Aws;

/// <summary>A bucket of S3: objects are put whole or not at all, with the SHA-256 that S3 checks them by. Safe for many calls at once.</summary>
public sealed class S3Bucket
{
    private readonly IAmazonS3 _client;

    /// <summary>Creates a bucket; nothing is called yet.</summary>
    /// <param name="client">The client, which stays the caller's to dispose; <see cref="AwsConnection.S3"/> is one.</param>
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

    /// <summary>An object as a source.</summary>
    public S3Source Source(string key, S3SourceOptions? options = null) => new(_client, Name, key, options);

    /// <summary>Puts an object, in place of one of that key unless the options say otherwise.</summary>
    /// <returns>What S3 has stored.</returns>
    /// <exception cref="AwsException">It was not stored; <see cref="AwsException.StatusCode"/> is 412 where there is one and <see cref="S3PutOptions.OnlyIfAbsent"/> is set.</exception>
    public Task<S3StoredObject> PutAsync(string key, ReadOnlyMemory<byte> content, S3PutOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return PutAsync(key, new MemoryStream(content.ToArray(), writable: false), SHA256.HashData(content.Span), (options ?? new S3PutOptions()).Checked(), cancellationToken);
    }

    /// <summary>Puts an object from a stream that can be rewound, such as a file; it is read twice, from where it stands, and left open.</summary>
    /// <inheritdoc cref="PutAsync(string, ReadOnlyMemory{byte}, S3PutOptions, CancellationToken)"/>
    /// <exception cref="ArgumentException">The stream cannot be rewound.</exception>
    public async Task<S3StoredObject> PutAsync(string key, Stream content, S3PutOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(content);
        if (!content.CanSeek)
        {
            throw new ArgumentException("The stream cannot be rewound: write it to a file first.", nameof(content));
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
            // The content is hashed above; sent in one piece, it needs no trailer.
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
