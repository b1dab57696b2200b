using System.Runtime.CompilerServices;
using Billing.Amendments;
using Billing.Stores;
using Billing.Reports;

namespace Billing;

/// <summary>
/// Reads a whole ledger and checks it against itself: every fingerprint matches the content, every key is stored once, and every
/// run's control totals match the records that it stored. Keys, reporting amounts, categories, flags and alerts are made again under the settings that the run kept, and compared; not those of
/// records that an entry or a delivery has changed since, whose changes are sealed (<see cref="LedgerSeals"/>). Memory grows with the number of runs and of changed records only. Use it once.
/// </summary>
public sealed class StoreVerification
{
    private readonly IBillingStore _store;
    private readonly TotalsAccumulator _totals = new();
    private readonly Recomputations _recomputations;

    /// <summary>Creates a verification of a store. It does not dispose the store.</summary>
    public StoreVerification(IBillingStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        _recomputations = new Recomputations(store);
    }

    /// <summary>The rows and the money of the records that were read so far.</summary>
    public ControlTotals Records => _totals.ToControlTotals();

    /// <summary>The number of runs that were read so far.</summary>
    public long Runs { get; private set; }

    /// <summary>What could not be made again of the records that were read so far: their number by the reason, such as rules that were set in code.</summary>
    public IReadOnlyDictionary<string, long> NotRecomputed => _recomputations.NotMade;

    /// <summary>The totals of what was read so far.</summary>
    public override string ToString() => FormattableString.Invariant($"{Records.Rows} records and {Runs} runs verified");

    /// <summary>Returns the faults as they are found: records by date and key, then runs.</summary>
    /// <exception cref="BillingException">The store failed.</exception>
    /// <exception cref="IOException">The keys do not fit in memory, and the temporary folder cannot take them.</exception>
    public async IAsyncEnumerable<StoreFault> FindFaultsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using RecordChecks checks = new(_store is IAmendableStore store ? await ErasedDigests.LoadAsync(store, cancellationToken).ConfigureAwait(false) : null);
        HashSet<RecordKey> changed = [];
        await foreach (RecordChange change in _store.GetChangesAsync(cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            checks.Note(change);
            changed.Add(change.Key);
        }

        await foreach (BillingRecord record in _store.QueryAllAsync(new RecordQuery(), cancellationToken).ConfigureAwait(false))
        {
            _totals.AddRow(record.Amount.Currency.Code, record.Amount.Amount);
            foreach (StoreFault fault in checks.Check(record))
            {
                yield return fault;
            }

            foreach (StoreFault fault in changed.Contains(record.Key) ? [] : await _recomputations.CheckAsync(record, cancellationToken).ConfigureAwait(false))
            {
                yield return fault;
            }
        }

        await foreach (IngestReport run in _store.GetAllRunsAsync(cancellationToken).ConfigureAwait(false))
        {
            Runs++;
            foreach (StoreFault fault in checks.Check(run))
            {
                yield return fault;
            }
        }

        foreach (StoreFault fault in checks.Finish())
        {
            yield return fault;
        }
    }
}
