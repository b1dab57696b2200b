namespace Billing.Storage;

/// <summary>A page of records in any order, of a store that gives them by date, then key: it reads all that the filter finds, and keeps one page of them.</summary>
internal static class RecordLists
{
    public static async ValueTask<Page<BillingRecord>> ReadAsync(IBillingStore store, RecordListQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        PageBuilder<BillingRecord, RecordPlace> page = StorePages.Of(query);
        bool isFirst = !page.TryGetAfter(out RecordPlace after);
        SortedSet<RecordPlace> places = [];
        Dictionary<RecordPlace, BillingRecord> found = [];
        await foreach (BillingRecord record in store.QueryAllAsync(query.Filter with { ContinuationToken = null }, cancellationToken).ConfigureAwait(false))
        {
            RecordPlace place = RecordPlace.Of(record, query);
            if (!isFirst && place <= after)
            {
                continue;
            }

            if (places.Count == page.Limit)
            {
                if (place >= places.Max)
                {
                    continue;
                }

                found.Remove(places.Max);
                places.Remove(places.Max);
            }

            places.Add(place);
            found[place] = record;
        }

        return page.Fill(places.Select(place => found[place]));
    }
}
