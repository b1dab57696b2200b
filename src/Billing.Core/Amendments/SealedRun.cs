namespace Billing.Amendments;

/// <summary>What a verification of seals remembers of a run.</summary>
internal sealed record SealedRun(string Source, string? RevertedBy, bool HasEnded, long Stored);
