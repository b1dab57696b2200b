using Billing.Amendments;
using Billing.Currencies;

namespace Billing;

/// <summary>
/// States stored records in the reporting currency at revised rates. It never edits: what a record was is kept with the entry (<see cref="BillingStoreExtensions.GetChangesAsync(IBillingStore, string?, CancellationToken)"/>), the
/// entry is numbered, the ledger can be read as it was before (<see cref="BillingStoreExtensions.AsOfAsync"/>), and the entry can be taken back (<see cref="LedgerReversal"/>).
/// </summary>
public sealed class RateRestatement
{
    private const int MostListed = 3;

    private readonly IAmendableStore _store;
    private readonly IExchangeRates _rates;
    private readonly TimeProvider _time;

    /// <summary>Creates a restatement.</summary>
    /// <param name="store">The ledger.</param>
    /// <param name="rates">The revised rates: of all currencies and dates of the records that are restated.</param>
    /// <param name="timeProvider">The clock, or null for that of the machine.</param>
    /// <exception cref="BillingConfigurationException">The store is not an <see cref="IAmendableStore"/>.</exception>
    public RateRestatement(IBillingStore store, IExchangeRates rates, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(rates);
        _store = AmendableStores.Demand(store, "Nothing can be restated");
        _rates = rates;
        _time = timeProvider ?? TimeProvider.System;
    }

    /// <summary>How a converted amount is rounded. Default half to even, as in a pipeline.</summary>
    public MidpointRounding Rounding { get; init; } = MidpointRounding.ToEven;

    /// <summary>Why, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>Returns what would change, record by record. Changes nothing.</summary>
    /// <param name="query">The records; null for all.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="BillingException">A record has no revised rate, or its amount does not fit.</exception>
    public async IAsyncEnumerable<RecordChange> PreviewAsync(RecordQuery? query = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (BillingRecord record in _store.QueryAllAsync(query ?? new RecordQuery(), cancellationToken).ConfigureAwait(false))
        {
            if (Restated(record) is { } restated)
            {
                yield return new RecordChange("", record, restated);
            }
        }
    }

    /// <summary>Restates the records. Interrupted and made again with the same rates, it goes on under the same entry.</summary>
    /// <param name="query">The records; null for all.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The numbered entry, with the difference in total.</returns>
    /// <exception cref="BillingException">A record has no revised rate, or its amount does not fit. Nothing is restated.</exception>
    public async Task<LedgerEntry> RunAsync(RecordQuery? query = null, CancellationToken cancellationToken = default)
    {
        RecordQuery all = (query ?? new RecordQuery()) with { ContinuationToken = null };
        List<string> missing = [];
        await foreach (BillingRecord record in _store.QueryAllAsync(all, cancellationToken).ConfigureAwait(false))
        {
            if (!MoneyConverter.TryRestate(record, _rates, Rounding, out _))
            {
                missing.Add($"{record.Amount.Currency.Code} on {record.Date:yyyy-MM-dd} ({record.Source})");
                if (missing.Count == MostListed)
                {
                    break;
                }
            }
        }

        return missing.Count == 0
            ? await new Revision(_store, LedgerEntryKind.Restatement, Reason, _time).RunAsync(all, Restated, isNumbered: true, cancellationToken).ConfigureAwait(false)
            : throw new BillingException($"The revised rates have none for {string.Join(", ", missing)}. Nothing is restated. Add these rates, or restate a shorter period.");
    }

    /// <summary>The store.</summary>
    public override string ToString() => $"restatement in {_store.Name}";

    // Null where nothing changes.
    private BillingRecord? Restated(BillingRecord record) =>
        !MoneyConverter.TryRestate(record, _rates, Rounding, out BillingRecord? restated) ? throw new BillingException($"The revised rates have none for {record.Amount.Currency.Code} on {record.Date:yyyy-MM-dd} ({record.Source}).")
        : restated.ReportingAmount == record.ReportingAmount && restated.ExchangeRate == record.ExchangeRate ? null
        : restated;
}
