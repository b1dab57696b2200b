using Billing.Web.Contracts;
using Billing.Web.Ledger;

namespace Billing.Web.Records;

/// <summary>Pages of records in any order. It reads all that the filters find, and keeps one page of them in memory.</summary>
internal static class RecordPages
{
    // The store reads so many at once.
    private const int AtOnce = 2_000;

    public static async Task<RecordList> ReadAsync(IBillingStore store, RecordFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        RecordPlace? after = page.ContinuationToken is null ? null : RecordPlace.Read(page.ContinuationToken, filter) ?? throw QueryReader.WrongToken();
        SortedSet<RecordPlace> places = [];
        Dictionary<RecordKey, BillingRecord> found = [];
        bool isCut = false;
        await foreach (BillingRecord record in store.QueryAllAsync(filter.Query with { PageSize = AtOnce }, cancellationToken))
        {
            RecordPlace place = RecordPlace.Of(record, filter);
            if (after is not null && place.CompareTo(after) <= 0)
            {
                continue;
            }

            if (places.Count == page.PageSize)
            {
                isCut = true;
                if (place.CompareTo(places.Max!) > 0)
                {
                    continue;
                }

                found.Remove(places.Max!.Key);
                places.Remove(places.Max!);
            }

            places.Add(place);
            found[record.Key] = record;
        }

        (ControlTotals billed, ControlTotals reporting) = await TotalsAsync(store, filter.Query, cancellationToken);
        return new RecordList
        {
            Items = [.. places.Select(place => RecordVersions.Of(found[place.Key]))],
            Next = isCut ? places.Max!.ToToken() : null,
            Billed = billed,
            Reporting = reporting,
        };
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
