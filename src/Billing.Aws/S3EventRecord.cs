namespace Billing.Aws;

/// <summary>An event about one object.</summary>
public sealed record S3EventRecord
{
    /// <summary>The kind of event, such as <c>ObjectCreated:Put</c>, or <c>Object Created</c> from EventBridge.</summary>
    public required string EventName { get; init; }

    /// <summary>The name of the bucket.</summary>
    public required string Bucket { get; init; }

    /// <summary>The decoded key, as the object has it in the bucket.</summary>
    public required string Key { get; init; }

    /// <summary>The version, or null if the bucket keeps no versions.</summary>
    public string? VersionId { get; init; }

    /// <summary>The size in bytes, or null for a deleted object.</summary>
    public long? Size { get; init; }

    /// <summary>The entity tag, or null for a deleted object.</summary>
    public string? ETag { get; init; }

    /// <summary>A text whose order is the order of the events of one object; or null.</summary>
    public string? Sequencer { get; init; }

    /// <summary>The time of the event, or null.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Whether the object was created or overwritten.</summary>
    public bool IsCreated => EventName.Contains("ObjectCreated", StringComparison.Ordinal) || EventName == "Object Created";

    /// <summary>The address of the object, such as <c>s3://bucket/key</c>.</summary>
    public string Address => $"s3://{Bucket}/{Key}";
}
