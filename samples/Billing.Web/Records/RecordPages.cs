using Billing.Web.Contracts;
using Billing.Web.Ledger;

namespace Billing.Web.Records;

/// <summary>Pages of records, each with the totals of all that the filters find.</summary>
internal static class RecordPages
{
    public static async Task<RecordList> ReadAsync(IBillingStore store, RecordListQuery query, CancellationToken cancellationToken)
    {
        // Beside each other: SQLite works on the thread that asks.
        Task<(ControlTotals Billed, ControlTotals Reporting)> adding = Task.Run(() => TotalsAsync(store, query.Filter, cancellationToken), cancellationToken);
        try
        {
            Page<BillingRecord> page = await store.ListAsync(query, cancellationToken);
            (ControlTotals billed, ControlTotals reporting) = await adding;
            return new RecordList { Items = [.. page.Items.Select(RecordVersions.Of)], Next = page.ContinuationToken, Billed = billed, Reporting = reporting };
        }
        catch (ArgumentException) when (query.ContinuationToken is not null)
        {
            throw QueryReader.WrongToken();
        }
        finally
        {
            // Nothing is read any more when this returns.
            await ((Task)adding).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public static async Task<(ControlTotals Billed, ControlTotals Reporting)> TotalsAsync(IBillingStore store, RecordQuery query, CancellationToken cancellationToken)
    {
        ControlTotals billed = ControlTotals.Zero;
        ControlTotals reporting = ControlTotals.Zero;
        foreach (SummaryRow row in await store.SummarizeAsync(SummaryBy.Currency, query, cancellationToken))
        {
            billed += row.Billed;
            reporting += row.Reporting;
        }

        return (billed, reporting);
    }
}
