namespace Billing.Aws;

/// <summary>How an object is read.</summary>
public sealed record S3SourceOptions
{
    /// <summary>The version, or null for the current one. Default null.</summary>
    public string? VersionId { get; init; }

    /// <summary>
    /// The entity tag that the object must have, from an event, with or without quotes: an object that was overwritten since is an error, never read in the other's place.
    /// Default null: whatever is there is read.
    /// </summary>
    public string? ETag { get; init; }

    /// <summary>The number of bytes, from an event, for progress before reading; null where it is not known. Default null.</summary>
    public long? Size { get; init; }

    /// <summary>The name that records carry. Default null: <c>s3://bucket/key</c>.</summary>
    public string? Name { get; init; }

    /// <summary>The bytes of each part but the last, where the object was uploaded in parts of a known size: its entity tag can be checked then. Default null.</summary>
    public long? PartBytes { get; init; }

    /// <summary>How often a reading that broke off goes on without a single byte gained, 0 to 20. Default 5.</summary>
    public int MaxResumes { get; init; } = 5;

    /// <exception cref="BillingConfigurationException">An option is out of range.</exception>
    internal S3SourceOptions Checked()
    {
        Check(MaxResumes is >= 0 and <= 20, nameof(MaxResumes), MaxResumes, "0 to 20");
        Check(PartBytes is null or >= 1, nameof(PartBytes), PartBytes, "1 or more, or null");
        Check(Size is null or >= 0, nameof(Size), Size, "0 or more, or null");
        Check(IsNullOrText(VersionId), nameof(VersionId), VersionId, "a version, or null for the current one");
        Check(IsNullOrText(ETag), nameof(ETag), ETag, "an entity tag, or null");
        Check(IsNullOrText(Name), nameof(Name), Name, "a name, or null");
        return this;
    }

    private static bool IsNullOrText(string? text) => text is null || !string.IsNullOrWhiteSpace(text);

    private static void Check(bool isRight, string option, object? value, string use) =>
        BillingConfigurationException.ThrowUnless(isRight, nameof(S3SourceOptions), option, value, use);
}
