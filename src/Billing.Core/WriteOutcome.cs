namespace Billing;

/// <summary>The outcome of writing one record to a sink.</summary>
/// <param name="Kind">The outcome.</param>
/// <param name="Detail">The reason, for <see cref="WriteOutcomeKind.Refused"/> and <see cref="WriteOutcomeKind.Conflict"/>; null otherwise.</param>
/// <param name="StoredSource">For a duplicate or conflict, the name of the source that the stored record came from; null otherwise.</param>
public readonly record struct WriteOutcome(WriteOutcomeKind Kind, string? Detail = null, string? StoredSource = null)
{
    /// <summary>The record was stored.</summary>
    public static WriteOutcome Stored => default;

    /// <summary>Returns the outcome for a key that is stored with the same content, from <paramref name="storedSource"/>.</summary>
    public static WriteOutcome Duplicate(string storedSource) => new(WriteOutcomeKind.Duplicate, null, storedSource);

    /// <summary>Returns the outcome for a key that is stored with other content, from <paramref name="storedSource"/>.</summary>
    public static WriteOutcome Conflict(string storedSource, Fingerprint storedFingerprint) =>
        new(WriteOutcomeKind.Conflict, $"The key is stored with other content (fingerprint {storedFingerprint}, from {storedSource}). Nothing was overwritten; correct the source or the identity.", storedSource);

    /// <summary>Returns the outcome for a record that the store cannot hold exactly, for <paramref name="reason"/>.</summary>
    public static WriteOutcome Refused(string reason) => new(WriteOutcomeKind.Refused, reason);
}
