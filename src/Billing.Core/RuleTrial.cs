using Billing.Amendments;
using Billing.Stores;

namespace Billing;

/// <summary>
/// Tells what other rules would change in a ledger, without changing it: which records would move from which category to which, and which rules do nothing.
/// Its memory grows with the number of categories and rules only. It may be used again; calls do not share anything.
/// </summary>
public sealed class RuleTrial
{
    private readonly CategoryRules _draft;

    /// <summary>Creates a trial of rules.</summary>
    public RuleTrial(CategoryRules draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        _draft = draft;
    }

    /// <summary>Applies the rules to the records of a store that match a query.</summary>
    /// <param name="store">The store. Nothing is written to it.</param>
    /// <param name="query">Which records; null for all. Its page size and token do not count.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="BillingException">The store failed.</exception>
    public async ValueTask<RuleTrialReport> RunAsync(IBillingStore store, RecordQuery? query = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        RuleTally tally = new(_draft.Rules);
        await foreach (BillingRecord record in store.QueryAllAsync(query ?? new RecordQuery(), cancellationToken).ConfigureAwait(false))
        {
            tally.Add(record);
        }

        return tally.ToReport();
    }

    /// <summary>
    /// Gives the stored records the categories of the draft: exactly the moves that <see cref="RunAsync"/> reports. Flags, alerts, and records that a requirement refuses stay as they are.
    /// The entry can be taken back (<see cref="LedgerReversal"/>). Interrupted and made again, it goes on.
    /// </summary>
    /// <param name="store">The ledger.</param>
    /// <param name="query">The records; null for all.</param>
    /// <param name="reason">Why, or null.</param>
    /// <param name="timeProvider">The clock, or null for that of the machine.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="BillingConfigurationException">The store is not an <see cref="IAmendableStore"/>.</exception>
    public async ValueTask<LedgerEntry> ApplyAsync(IBillingStore store, RecordQuery? query = null, string? reason = null, TimeProvider? timeProvider = null, CancellationToken cancellationToken = default)
    {
        IAmendableStore ledger = AmendableStores.Demand(store, "Rules cannot be applied");
        RuleTally tally = new(_draft.Rules);
        return await new Revision(ledger, LedgerEntryKind.Recategorisation, reason, timeProvider ?? TimeProvider.System)
            .RunAsync((query ?? new RecordQuery()) with { ContinuationToken = null }, tally.Add, isNumbered: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The names of the rules, in order.</summary>
    public override string ToString() => _draft.ToString();
}
