namespace Billing.Aws;

/// <summary>Options for reading an object.</summary>
public sealed record S3SourceOptions
{
    /// <summary>The version; null for the current one. Default null.</summary>
    public string? VersionId { get; init; }

    /// <summary>
    /// The entity tag that the object must have, from an event, with or without quotes. If the object was overwritten since, reading is an error, and the newer content is never read instead.
    /// Default null: the current content is read.
    /// </summary>
    public string? ETag { get; init; }

    /// <summary>The size in bytes, from an event, for progress before reading starts; null if not known. Default null.</summary>
    public long? Size { get; init; }

    /// <summary>The name that records carry. Default null: <c>s3://bucket/key</c>.</summary>
    public string? Name { get; init; }

    /// <summary>The size in bytes of each part but the last, if the object was uploaded in parts of a known size: its entity tag can then be checked. Default null.</summary>
    public long? PartBytes { get; init; }

    /// <summary>How many times an interrupted read resumes without receiving a byte, 0 to 20. Default 5.</summary>
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
