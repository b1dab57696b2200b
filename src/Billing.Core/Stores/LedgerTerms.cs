using Billing.Fingerprints;

namespace Billing.Stores;

/// <summary>
/// What stores require of every run. The ledger has one reporting currency, that of the first run that stored something, and each
/// store must have its records in the current canonical form. A store is asked until it has answered.
/// </summary>
internal sealed class LedgerTerms
{
    private const int PageSize = 100;

    private volatile string? _code;
    private volatile IBillingSink[] _current = [];

    /// <exception cref="BillingConfigurationException">The ledger states its amounts in another currency, or a store has records of an earlier form.</exception>
    public async ValueTask CheckAsync(IReadOnlyList<IBillingSink> sinks, Currency currency, CancellationToken cancellationToken)
    {
        foreach (IBillingSink sink in sinks)
        {
            bool demandsCurrency = sink == sinks[0] && _code is null;
            if (sink is not IBillingStore store || (!demandsCurrency && _current.Contains(sink)))
            {
                continue;
            }

            (CanonicalVersion? form, string? code) = await FindAsync(store, demandsCurrency, cancellationToken).ConfigureAwait(false);
            if (form is { } found and not CanonicalVersion.Current)
            {
                throw new BillingConfigurationException($"The store {sink.Name} holds records of an earlier version, in canonical form v{(int)found}; this version uses v{(int)CanonicalVersion.Current}, under other keys, and would store rows again when they are delivered again. Migrate the store once: billing migrate --store STORE, or {nameof(StoreMigration)} in code. Nothing was stored.");
            }

            _current = [.. _current, sink];
            _code ??= code;
        }

        if (_code is { } stated && stated != currency.Code)
        {
            throw new BillingConfigurationException($"The ledger {sinks[0].Name} states its amounts in {stated}, but this run would state them in {currency}. One ledger has one reporting currency: use {stated} (--currency {stated}, UseReportingCurrency in code), or another store.");
        }
    }

    private static async ValueTask<(CanonicalVersion? Form, string? Currency)> FindAsync(IBillingStore store, bool demandsCurrency, CancellationToken cancellationToken)
    {
        CanonicalVersion? form = null;
        try
        {
            await foreach (IReadOnlyList<IngestReport> runs in store.GetRunPagesAsync(new PageRequest { PageSize = demandsCurrency ? PageSize : 1 }, cancellationToken).ConfigureAwait(false))
            {
                // A migration marks the newest run last.
                form ??= (CanonicalVersion)runs[0].CanonicalForm;
                if (!demandsCurrency)
                {
                    break;
                }

                if (runs.FirstOrDefault(run => run.Stored.Rows > 0 || (run.KnownFrom is not null && run.Read.Rows > 0)) is { } run)
                {
                    return (form, run.ReportingCurrency);
                }
            }
        }
        catch (StoreMissingException)
        {
            // The store does not exist yet; the run creates it.
        }

        return (form, null);
    }
}
