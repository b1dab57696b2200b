namespace Billing;

/// <summary>A store that <see cref="StoreMigration"/> can bring to the canonical form of today, in place.</summary>
public interface IMigratableStore : IBillingStore
{
    /// <summary>
    /// Puts each record in place of the one that it was: key, fingerprint, occurrence and the marks of ignored attributes change, and nothing else; its alerts go along.
    /// What was done before, by a call whose answer was lost, is left as it is.
    /// </summary>
    /// <exception cref="BillingException">A record is in the store neither as it was nor as it is to be: another program writes. What was done stays done.</exception>
    ValueTask ReplaceAsync(IReadOnlyList<RecordMove> moves, CancellationToken cancellationToken = default);
}
