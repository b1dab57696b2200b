using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Logging;

namespace Billing.Sinks.Dynamo.Records;

/// <summary>
/// Reads a table with a layout, which has no index that serves: the first page of a query scans the whole of it, and the pages that follow get their items by key,
/// in the order that the scan found. The log reports each scan.
/// </summary>
internal sealed class ScannedReads(ItemReader reader, IItemForm form, string table, TimeProvider time, ILogger logger, int mostPlaces = 1_000_000) : IRecordReads
{
    private volatile ScannedPlaces? _last;

    public async Task<BillingRecord?> FindAsync(RecordKey key, CancellationToken cancellationToken) =>
        (await FindAllAsync([key], cancellationToken).ConfigureAwait(false)).GetValueOrDefault(key);

    public async Task<Dictionary<RecordKey, BillingRecord>> FindAllAsync(IReadOnlyList<RecordKey> keys, CancellationToken cancellationToken)
    {
        HashSet<RecordKey> wanted = [.. keys];
        Dictionary<RecordKey, BillingRecord> found = [];
        if (_last is { } last)
        {
            // Whoever goes through the pages of a table, and asks for some of them again, costs no scan.
            foreach (BillingRecord record in (await FetchAsync(last.Of(wanted), cancellationToken).ConfigureAwait(false)).Values)
            {
                if (wanted.Remove(record.Key))
                {
                    found.Add(record.Key, record);
                }
            }
        }

        if (wanted.Count == 0)
        {
            return found;
        }

        await foreach ((BillingRecord record, _) in ScanAsync(cancellationToken).ConfigureAwait(false))
        {
            if (wanted.Remove(record.Key))
            {
                found.Add(record.Key, record);
                if (wanted.Count == 0)
                {
                    break;
                }
            }
        }

        return found;
    }

    public async Task<Page<BillingRecord>> QueryAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        PageBuilder<BillingRecord, RecordPosition> page = StorePages.Of(query);
        RecordPosition? after = page.TryGetAfter(out RecordPosition position) ? position : null;

        // A first page is as the table is now.
        ScannedPlaces? places = after is not null && _last is { } last && last.Serves(query, after, time.GetUtcNow()) ? last : null;
        while (true)
        {
            places ??= _last = await OrderAsync(query, after, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<ScannedPlace> some = places.After(after, Math.Min(ItemReader.MaxKeys, page.Limit));
            if (some.Count == 0 && places.IsWhole)
            {
                return page.ToPage();
            }

            Dictionary<string, BillingRecord> records = await FetchAsync(some, cancellationToken).ConfigureAwait(false);
            foreach (ScannedPlace place in some)
            {
                // What was taken away, or moved elsewhere, since the scan is not there any more.
                if (records.TryGetValue(place.ItemKey, out BillingRecord? record) && RecordPosition.Of(record) == place.Position && query.Matches(record) && !page.Add(record))
                {
                    return page.ToPage();
                }

                after = place.Position;
            }

            places = some.Count > 0 ? places : null;
        }
    }

    public async IAsyncEnumerable<BillingRecord> ReadAsync(RecordQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach ((BillingRecord record, _) in ScanAsync(cancellationToken).ConfigureAwait(false))
        {
            if (query.Matches(record))
            {
                yield return record;
            }
        }
    }

    private async Task<ScannedPlaces> OrderAsync(RecordQuery query, RecordPosition? after, CancellationToken cancellationToken)
    {
        ScannedPlaces places = new(query, after, time.GetUtcNow(), mostPlaces);
        await foreach ((BillingRecord record, Dictionary<string, AttributeValue> item) in ScanAsync(cancellationToken).ConfigureAwait(false))
        {
            if (query.Matches(record))
            {
                places.Add(RecordPosition.Of(record), ItemKeys.Pack(item, form.KeyNames));
            }
        }

        return places.Complete();
    }

    // By the keys of their items.
    private async Task<Dictionary<string, BillingRecord>> FetchAsync(IReadOnlyList<ScannedPlace> places, CancellationToken cancellationToken)
    {
        Dictionary<string, BillingRecord> records = new(StringComparer.Ordinal);
        foreach (ScannedPlace[] some in places.Chunk(ItemReader.MaxKeys))
        {
            foreach (Dictionary<string, AttributeValue> item in await reader.FindAsync(table, some.Select(place => ItemKeys.Unpack(place.ItemKey, form.KeyNames)), null, cancellationToken).ConfigureAwait(false))
            {
                if (form.FieldsOf(item) is { } fields)
                {
                    records.Add(ItemKeys.Pack(item, form.KeyNames), RecordItem.Read(fields));
                }
            }
        }

        return records;
    }

    private async IAsyncEnumerable<(BillingRecord Record, Dictionary<string, AttributeValue> Item)> ScanAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Log.Scanned(logger, table);
        long foreign = 0;
        await foreach (Dictionary<string, AttributeValue> item in reader.ScanAsync(table, cancellationToken).ConfigureAwait(false))
        {
            if (form.FieldsOf(item) is { } fields)
            {
                yield return (RecordItem.Read(fields), item);
            }
            else
            {
                foreign++;
            }
        }

        if (foreign > 0)
        {
            Log.ForeignItems(logger, table, foreign);
        }
    }
}
