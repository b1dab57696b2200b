namespace Billing.Aws;

/// <summary>What happened to one object.</summary>
public sealed record S3EventRecord
{
    /// <summary>What happened, such as <c>ObjectCreated:Put</c>, or <c>Object Created</c> from EventBridge.</summary>
    public required string EventName { get; init; }

    /// <summary>The bucket.</summary>
    public required string Bucket { get; init; }

    /// <summary>The key, decoded: the key that the object has in the bucket.</summary>
    public required string Key { get; init; }

    /// <summary>The version, or null where the bucket keeps none.</summary>
    public string? VersionId { get; init; }

    /// <summary>The number of bytes, or null for a deleted object.</summary>
    public long? Size { get; init; }

    /// <summary>The entity tag, or null for a deleted object.</summary>
    public string? ETag { get; init; }

    /// <summary>Orders the events of one object, by its text; or null.</summary>
    public string? Sequencer { get; init; }

    /// <summary>When it happened, or null.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Whether the object is new or was overwritten.</summary>
    public bool IsCreated => EventName.Contains("ObjectCreated", StringComparison.Ordinal) || EventName == "Object Created";

    /// <summary>The address, such as <c>s3://bucket/key</c>.</summary>
    public string Address => $"s3://{Bucket}/{Key}";
}
