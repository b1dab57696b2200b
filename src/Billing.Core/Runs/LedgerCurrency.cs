namespace Billing.Runs;

/// <summary>One ledger has one reporting currency: that of the first run that stored something. Asked of the store until it has one.</summary>
internal sealed class LedgerCurrency
{
    private const int PageSize = 100;

    private volatile string? _code;

    /// <exception cref="BillingConfigurationException">The ledger states its amounts in another currency.</exception>
    public async ValueTask CheckAsync(IBillingSink ledger, Currency currency, CancellationToken cancellationToken)
    {
        if (ledger is not IBillingStore store)
        {
            return;
        }

        _code ??= await FindAsync(store, cancellationToken).ConfigureAwait(false);
        if (_code is { } code && code != currency.Code)
        {
            throw new BillingConfigurationException($"The ledger {ledger.Name} states its amounts in {code}, this run would in {currency}. One ledger has one reporting currency: use {code} (--currency {code}, UseReportingCurrency in code), or another store.");
        }
    }

    private static async ValueTask<string?> FindAsync(IBillingStore store, CancellationToken cancellationToken)
    {
        string? token = null;
        try
        {
            do
            {
                Page<IngestReport> page = await store.GetRunsAsync(new PageRequest { PageSize = PageSize, ContinuationToken = token }, cancellationToken).ConfigureAwait(false);
                if (page.Items.FirstOrDefault(run => run.Stored.Rows > 0) is { } run)
                {
                    return run.ReportingCurrency;
                }

                token = page.ContinuationToken;
            }
            while (token is not null);
        }
        catch (StoreMissingException)
        {
            // Nothing is there yet; the run creates it.
        }

        return null;
    }
}
