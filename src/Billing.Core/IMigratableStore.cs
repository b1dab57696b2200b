namespace Billing;

/// <summary>A store that <see cref="StoreMigration"/> can migrate to the current canonical form, in place.</summary>
public interface IMigratableStore : IBillingStore
{
    /// <summary>
    /// Replaces each record with its migrated version. Only the key, the fingerprint, the occurrence and the marks of ignored attributes change. The alerts of the record move with it.
    /// Moves that an earlier call made, whose answer was lost, are left as they are.
    /// </summary>
    /// <exception cref="BillingException">The store has a record neither as it was nor as migrated, because another program writes to the store. Completed moves are kept.</exception>
    ValueTask ReplaceAsync(IReadOnlyList<RecordMove> moves, CancellationToken cancellationToken = default);
}
