namespace Billing;

/// <summary>A fault in what a ledger holds.</summary>
public sealed record StoreFault
{
    /// <summary>What is wrong.</summary>
    public required StoreFaultKind Kind { get; init; }

    /// <summary>The record, for <see cref="StoreFaultKind.Fingerprint"/> and <see cref="StoreFaultKind.KeyTwice"/>, and the first of them for <see cref="StoreFaultKind.CanonicalForm"/>; null otherwise.</summary>
    public RecordKey? Key { get; init; }

    /// <summary>Where that record came from, or null.</summary>
    public RecordSource? Source { get; init; }

    /// <summary>The id of the run concerned.</summary>
    public required string RunId { get; init; }

    /// <summary>What is wrong, in a sentence with the figures.</summary>
    public required string Detail { get; init; }
}
