namespace Billing.Monthly;

/// <summary>Reads records in order, and compares those of a month with what the party had before.</summary>
internal sealed class UnusualSearch(IBillingStore store, BillingMonth month)
{
    private readonly Dictionary<(string Party, string Currency), AmountHistory> _histories = [];

    public async ValueTask<IReadOnlyList<UnusualAmount>> RunAsync(CancellationToken cancellationToken)
    {
        await foreach (BillingRecord record in store.QueryAllAsync(new RecordQuery { From = month.First, To = month.Last }, cancellationToken).ConfigureAwait(false))
        {
            if (HasParty(record))
            {
                _histories.TryAdd((record.Party!, record.Amount.Currency.Code), new AmountHistory());
            }
        }

        List<UnusualAmount> found = [];
        if (_histories.Count == 0)
        {
            return found;
        }

        await foreach (BillingRecord record in store.QueryAllAsync(new RecordQuery { To = month.Last }, cancellationToken).ConfigureAwait(false))
        {
            if (!HasParty(record) || !_histories.TryGetValue((record.Party!, record.Amount.Currency.Code), out AmountHistory? history))
            {
                continue;
            }

            if (record.Date >= month.First && history.Judge(record) is { } unusual)
            {
                found.Add(unusual);
            }

            history.Add(record.Amount.Amount);
        }

        return found;
    }

    private static bool HasParty(BillingRecord record) => !string.IsNullOrWhiteSpace(record.Party) && record.Party != LedgerErasure.Placeholder;
}
