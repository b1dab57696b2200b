using Billing.Amendments;
using Billing.Erasures;

namespace Billing;

/// <summary>
/// Erases the personal text of a party from a ledger, as an entry of its own: in records, in what changes keep of them, and in rows in quarantine. Amounts, dates, fingerprints, keys and
/// seals stay, so that totals are the same, rows that are delivered again are recognised, and an earlier head still proves everything else. It cannot be taken back.
/// docs/audit.md says what remains provable, and what does not.
/// </summary>
public sealed class LedgerErasure
{
    /// <summary>What stands where text was erased: <c>[erased]</c>.</summary>
    public const string Placeholder = "[erased]";

    private readonly IAmendableStore _store;
    private readonly string _reason;
    private readonly TimeProvider _time;

    /// <summary>Creates an erasure.</summary>
    /// <param name="store">The ledger.</param>
    /// <param name="reason">Why, in the words of the person who erases. It stays in the ledger.</param>
    /// <param name="timeProvider">The clock, or null for that of the machine.</param>
    /// <exception cref="BillingConfigurationException">The store is not an <see cref="IAmendableStore"/>.</exception>
    public LedgerErasure(IBillingStore store, string reason, TimeProvider? timeProvider = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        _store = AmendableStores.Demand(store, "Nothing can be erased");
        _reason = reason;
        _time = timeProvider ?? TimeProvider.System;
    }

    /// <summary>
    /// The fields that stay in records of the party unless they contain its name: <c>account</c>, <c>description</c>, and names of attributes, in any letter case. Default: none, so
    /// that account, description and every attribute of the party's records are erased.
    /// </summary>
    public IReadOnlyCollection<string> Keep { get; init; } = [];

    /// <summary>Tells what would be erased. Nothing is written.</summary>
    /// <param name="party">The name of the party: at least 2 characters that are not blank. Letter case and Unicode form do not matter.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    public Task<LedgerErasureReport> PreviewAsync(string party, CancellationToken cancellationToken = default) =>
        new ErasureRun(_store, _time, _reason, new PartyText(party), Keep, isDryRun: true).RunAsync(cancellationToken);

    /// <summary>
    /// Erases. Records whose party is this name lose party, account, description and attributes; in other records and rows, each text that contains the name as whole words is erased.
    /// Rows in quarantine that are open are closed: they cannot be replayed any more. An erasure that was interrupted before is ended first.
    /// </summary>
    /// <param name="party">The name of the party, as for <see cref="PreviewAsync"/>.</param>
    /// <param name="cancellationToken">Cancels the erasure. What is erased stays erased; erase again for the rest.</param>
    /// <exception cref="ArgumentException">The name is too short; or the reason contains it, which would keep it.</exception>
    /// <exception cref="BillingException">The store failed, or another program changed a record meanwhile: erase again.</exception>
    public Task<LedgerErasureReport> RunAsync(string party, CancellationToken cancellationToken = default)
    {
        PartyText text = new(party);
        return text.IsIn(_reason)
            ? throw new ArgumentException("The reason contains the name that is to be erased, and would keep it. Use another reason, such as the number of the request.", nameof(party))
            : new ErasureRun(_store, _time, _reason, text, Keep, isDryRun: false).RunAsync(cancellationToken);
    }

    /// <summary>The store, and why.</summary>
    public override string ToString() => $"erasure in {_store.Name}: {_reason}";
}
