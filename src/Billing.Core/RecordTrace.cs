namespace Billing;

/// <summary>The history of one record.</summary>
public sealed record RecordTrace
{
    /// <summary>Where the record is: source name, line and byte offset.</summary>
    public required RecordSource Source { get; init; }

    /// <summary>The row as received, or null if only the stored record is available.</summary>
    public string? RawText { get; init; }

    /// <summary>The record, or null if the row cannot be processed.</summary>
    public BillingRecord? Record { get; init; }

    /// <summary>Why the row cannot be processed, or null.</summary>
    public QuarantinedRecord? Quarantined { get; init; }

    /// <summary>The canonical form of the record: the bytes whose SHA-256 is the fingerprint. Empty if the row cannot be processed.</summary>
    public ReadOnlyMemory<byte> CanonicalForm { get; init; }

    /// <summary>The record, or why it cannot be processed.</summary>
    public override string ToString() => Record?.ToString() ?? Quarantined?.ToString() ?? Source.ToString();
}
