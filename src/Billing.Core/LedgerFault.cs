namespace Billing;

/// <summary>Something that is wrong with what a ledger holds.</summary>
public sealed record LedgerFault
{
    /// <summary>What is wrong.</summary>
    public required LedgerFaultKind Kind { get; init; }

    /// <summary>The record, for <see cref="LedgerFaultKind.Fingerprint"/> and <see cref="LedgerFaultKind.KeyTwice"/>, and the first of them for <see cref="LedgerFaultKind.CanonicalForm"/>; null otherwise.</summary>
    public RecordKey? Key { get; init; }

    /// <summary>Where that record came from, or null.</summary>
    public RecordSource? Source { get; init; }

    /// <summary>The run that is concerned.</summary>
    public required string RunId { get; init; }

    /// <summary>What is wrong, in a sentence with the figures.</summary>
    public required string Detail { get; init; }
}
