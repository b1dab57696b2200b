namespace Billing;

/// <summary>A stored record, and what <see cref="StoreMigration"/> makes of it.</summary>
/// <param name="From">As it is stored.</param>
/// <param name="To">The same under another key, or under the same key with another fingerprint.</param>
public sealed record RecordMove(BillingRecord From, BillingRecord To)
{
    /// <summary>Whether the key changes.</summary>
    public bool ChangesKey => From.Key != To.Key;

    /// <summary>Whether what a store has under the new key is this record, moved before by a call whose answer was lost; another record under that key is none of it.</summary>
    public bool IsDone(BillingRecord? stored) =>
        stored is not null && stored.Key == To.Key && stored.Fingerprint == To.Fingerprint && stored.Source == To.Source && stored.RunId == To.RunId;

    /// <summary>The error of a store that has the record neither as it was nor as it is to be.</summary>
    /// <param name="store">The name of the store.</param>
    public BillingException Lost(string store) =>
        new($"{store} has the record of {From.Source.Name}, line {From.Source.Line} (key {From.Key}), neither as it was read nor as it is to be. Another program writes to the store: stop it, then migrate again; what was done stays done.");
}
