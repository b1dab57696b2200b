namespace Billing.Aws;

/// <summary>Options for storing an object.</summary>
public sealed record S3PutOptions
{
    /// <summary>The media type. Default <c>application/octet-stream</c>.</summary>
    public string ContentType { get; init; } = "application/octet-stream";

    /// <summary>The storage class, such as <c>GLACIER_IR</c>. Default null: the default of the bucket.</summary>
    public string? StorageClass { get; init; }

    /// <summary>Whether an existing object with the same key is left as it is. Default false.</summary>
    public bool OnlyIfAbsent { get; init; }

    /// <summary>User-defined metadata, in ASCII. Default none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <exception cref="BillingConfigurationException">An option is invalid.</exception>
    internal S3PutOptions Checked()
    {
        BillingConfigurationException.ThrowUnless(!string.IsNullOrWhiteSpace(ContentType), nameof(S3PutOptions), nameof(ContentType), ContentType, "a media type, such as application/octet-stream");
        BillingConfigurationException.ThrowUnless(StorageClass is null || !string.IsNullOrWhiteSpace(StorageClass), nameof(S3PutOptions), nameof(StorageClass), StorageClass, "a storage class, such as GLACIER_IR, or null");
        return this;
    }
}
