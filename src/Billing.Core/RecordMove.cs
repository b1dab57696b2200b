namespace Billing;

/// <summary>A stored record, and what <see cref="StoreMigration"/> makes of it.</summary>
/// <param name="From">The record as it is stored.</param>
/// <param name="To">The same record under another key, or under the same key with another fingerprint.</param>
public sealed record RecordMove(BillingRecord From, BillingRecord To)
{
    /// <summary>Whether the key changes.</summary>
    public bool ChangesKey => From.Key != To.Key;

    /// <summary>Whether the record that a store has under the new key is this one, moved by an earlier call whose answer was lost. Another record under that key does not count.</summary>
    public bool IsDone(BillingRecord? stored) =>
        stored is not null && stored.Key == To.Key && stored.Fingerprint == To.Fingerprint && stored.Source == To.Source && stored.RunId == To.RunId;

    /// <summary>Returns the error for a store that has the record neither as it was nor as migrated.</summary>
    /// <param name="store">The name of the store.</param>
    public BillingException Lost(string store) =>
        new($"{store} has the record of {From.Source.Name}, line {From.Source.Line} (key {From.Key}), neither as it was read nor as migrated. Another program writes to the store. Stop it, then migrate again; completed moves are kept.");
}
