namespace Billing;

/// <summary>The life of one record.</summary>
public sealed record RecordTrace
{
    /// <summary>Where it stands.</summary>
    public required RecordSource Source { get; init; }

    /// <summary>The row as it came, or null when only the stored record is at hand.</summary>
    public string? RawText { get; init; }

    /// <summary>The record, or null when it cannot be processed.</summary>
    public BillingRecord? Record { get; init; }

    /// <summary>Why it cannot be processed, or null.</summary>
    public QuarantinedRecord? Quarantined { get; init; }

    /// <summary>Its canonical form v1, the bytes that the fingerprint is the SHA-256 of; empty when it cannot be processed.</summary>
    public ReadOnlyMemory<byte> CanonicalForm { get; init; }

    /// <summary>The record, or why it cannot be processed.</summary>
    public override string ToString() => Record?.ToString() ?? Quarantined?.ToString() ?? Source.ToString();
}
