using Billing.Amendments;

namespace Billing;

/// <summary>Removes records from a ledger on purpose. They are kept (<see cref="BillingStoreExtensions.GetChangesAsync(IBillingStore, string?, CancellationToken)"/>), not counted, and not stored again when they are delivered again.</summary>
public sealed class LedgerRemoval
{
    private readonly IAmendableStore _store;
    private readonly string _reason;
    private readonly TimeProvider _time;

    /// <summary>Creates a removal.</summary>
    /// <param name="store">The ledger.</param>
    /// <param name="reason">Why, in the words of the person who removes them.</param>
    /// <param name="timeProvider">The clock, or null for that of the machine.</param>
    /// <exception cref="BillingConfigurationException">The store is not an <see cref="IAmendableStore"/>.</exception>
    public LedgerRemoval(IBillingStore store, string reason, TimeProvider? timeProvider = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        _store = AmendableStores.Demand(store, "Records cannot be removed");
        _reason = reason;
        _time = timeProvider ?? TimeProvider.System;
    }

    /// <summary>Removes records. To put them back, take the entry back: <see cref="LedgerReversal"/>.</summary>
    /// <param name="keys">The keys of the records.</param>
    /// <param name="cancellationToken">Cancels the removal.</param>
    /// <exception cref="BillingException">A record is not stored. None is removed.</exception>
    public async Task<LedgerEntry> RunAsync(IReadOnlyList<RecordKey> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        RecordKey[] once = [.. keys.Distinct()];
        IReadOnlyList<BillingRecord?> records = await _store.FindAllAsync(once, cancellationToken).ConfigureAwait(false);
        if (records.Zip(once).FirstOrDefault(pair => pair.First is null) is (null, var missing) && records.Contains(null))
        {
            throw new BillingException($"{_store.Name} has no record with the key {missing}. Nothing was removed.");
        }

        LedgerEntry entry = new() { Id = TimeOrderedIds.Next(_time.GetUtcNow()), Kind = LedgerEntryKind.Removal, Reason = _reason, StartedAt = _time.GetUtcNow() };
        await _store.PutDocumentAsync(EntryDocuments.Write(entry), cancellationToken).ConfigureAwait(false);
        EntryTally tally = new();
        EntryChanges changes = new(_store, entry.Id);
        foreach (BillingRecord? record in records)
        {
            // First: what is removed must not come back with a delivery in between.
            await RemovedRecords.RemoveAsync(_store, record!.Key, entry.Id, cancellationToken).ConfigureAwait(false);
            tally.Add(record, null);
            await changes.AddAsync(record, null, cancellationToken).ConfigureAwait(false);
        }

        await changes.FlushAsync(cancellationToken).ConfigureAwait(false);
        LedgerEntry ended = tally.On(entry) with { EndedAt = _time.GetUtcNow() };
        await _store.PutDocumentAsync(EntryDocuments.Write(ended), cancellationToken).ConfigureAwait(false);
        await SealedChanges.SealAsync(_store, ended, tally, _time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        return ended;
    }

    /// <summary>The store, and why.</summary>
    public override string ToString() => $"removal from {_store.Name}: {_reason}";
}
