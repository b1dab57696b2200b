using Amazon.S3;
using Billing.Aws.Objects;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Billing.Aws;

/// <summary>
/// An object of S3 as a source: read as a stream, resumed where the connection breaks, and complete or an error:
/// the length, and the entity tag or checksum where it tells the content, must be those of the object. Gzip is recognised by its first bytes.
/// </summary>
public sealed class S3Source : IBillingSource
{
    private readonly ObjectReader _reader;
    private readonly S3SourceOptions _options;

    /// <summary>Creates a source; nothing is called yet.</summary>
    /// <param name="client">The client, which stays the caller's to dispose; <see cref="AwsConnection.S3"/> is one.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="key">The key, decoded.</param>
    /// <param name="options">How it is read; null for the defaults.</param>
    /// <param name="logger">Where resumptions are logged.</param>
    /// <exception cref="BillingConfigurationException">Bucket or key are empty, or an option is out of range.</exception>
    public S3Source(IAmazonS3 client, string bucket, string key, S3SourceOptions? options = null, ILogger<S3Source>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(bucket);
        ArgumentNullException.ThrowIfNull(key);
        BillingConfigurationException.ThrowUnless(bucket.Length > 0, nameof(S3Source), nameof(bucket), bucket, "the name of a bucket");
        BillingConfigurationException.ThrowUnless(key.Length > 0, nameof(S3Source), nameof(key), key, "the key of an object");
        _options = (options ?? new S3SourceOptions()).Checked();
        Name = _options.Name ?? $"s3://{bucket}/{key}";
        _reader = new ObjectReader(client, bucket, key, _options, Name, logger ?? NullLogger<S3Source>.Instance);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <inheritdoc/>
    public long? Length => _options.Size;

    /// <summary>The source of an object that an event names: in the version that it names, and where the bucket keeps none, with the entity tag that it names or not at all.</summary>
    public static S3Source Of(S3EventRecord record, IAmazonS3 client, ILogger<S3Source>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new S3Source(client, record.Bucket, record.Key, new S3SourceOptions { VersionId = record.VersionId, ETag = record.ETag, Size = record.Size }, logger);
    }

    /// <summary>Opens the object, from its first byte. The stream throws <see cref="AwsException"/> or <see cref="InvalidDataException"/> where it cannot be read to its end as it is.</summary>
    /// <exception cref="AwsException">The object is not there, or may not be read.</exception>
    public ValueTask<Stream> OpenAsync(CancellationToken cancellationToken = default) => _reader.OpenAsync(cancellationToken);
}
