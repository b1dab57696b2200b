namespace Billing.Console.Explanations;

/// <summary>The history of one record.</summary>
internal sealed record Explanation
{
    public required Outcome Outcome { get; init; }

    /// <summary>The outcome in one sentence.</summary>
    public required string Sentence { get; init; }

    public required RecordSource Source { get; init; }

    /// <summary>The row as it came, or null where only the store knows the record.</summary>
    public string? RawText { get; init; }

    /// <summary>The record as the pipeline makes it, or as it is stored; null when it cannot be processed.</summary>
    public BillingRecord? Record { get; init; }

    /// <summary>What is stored under its key, or null.</summary>
    public BillingRecord? Stored { get; init; }

    /// <summary>Why the row cannot be processed, or null.</summary>
    public QuarantinedRecord? Quarantined { get; init; }

    /// <summary>What became of the record after it was stored, in order.</summary>
    public IReadOnlyList<RecordEvent> Life { get; init; } = [];

    public ReadOnlyMemory<byte> CanonicalForm { get; init; }
}
