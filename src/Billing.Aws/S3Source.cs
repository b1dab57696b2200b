using Amazon.S3;
using Billing.Aws.Objects;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Billing.Aws;

/// <summary>
/// An S3 object as a source. It is read as a stream, resumed if the connection breaks, and either complete or an error:
/// its length must match, and also its entity tag or checksum if these depend on the content. Gzip is recognised by its first bytes.
/// </summary>
public sealed class S3Source : IBillingSource
{
    private readonly ObjectReader _reader;
    private readonly S3SourceOptions _options;

    /// <summary>Creates a source, without calling AWS.</summary>
    /// <param name="client">The client, which the caller disposes; <see cref="AwsConnection.S3"/> is one.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="key">The decoded key.</param>
    /// <param name="options">How the object is read; null for the defaults.</param>
    /// <param name="logger">The logger for resumed reads.</param>
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

    /// <summary>Returns the source of the object that an event names, in the version that the event names. If the bucket keeps no versions, the object must still have the entity tag that the event names.</summary>
    public static S3Source Of(S3EventRecord record, IAmazonS3 client, ILogger<S3Source>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new S3Source(client, record.Bucket, record.Key, new S3SourceOptions { VersionId = record.VersionId, ETag = record.ETag, Size = record.Size }, logger);
    }

    /// <summary>Opens the object from its first byte. The stream throws <see cref="AwsException"/> or <see cref="InvalidDataException"/> if it cannot be read unchanged to its end.</summary>
    /// <exception cref="AwsException">The object does not exist, or may not be read.</exception>
    public ValueTask<Stream> OpenAsync(CancellationToken cancellationToken = default) => _reader.OpenAsync(cancellationToken);
}
