using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Logging;

namespace Billing.Sinks.Dynamo.Records;

/// <summary>
/// Reads a table with a layout, which has no index that serves: the first page of a query scans the whole of it, and the pages that follow get their items by key,
/// in the order that the scan found. The log reports each scan.
/// </summary>
internal sealed class ScannedReads(ItemReader reader, IItemForm form, string table, TimeProvider time, ILogger logger, int mostPlaces = 1_000_000) : IRecordReads, IDisposable
{
    private readonly Guid _id = Guid.NewGuid();
    private readonly SemaphoreSlim _oneScan = new(1, 1);
    private volatile ScannedPlaces? _last;
    private ITimer? _expiry;
    private long _scans;

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
        ScanToken token = ScanToken.Parse(query.ContinuationToken);
        PageBuilder<BillingRecord, RecordPosition> page = StorePages.Of(query with { ContinuationToken = token.Page });
        ScannedPlace after = page.TryGetAfter(out RecordPosition position) ? token.ItemKey is { } key ? new(position, key) : ScannedPlace.EndOf(position) : default;

        // A first page is as the table is now, and so is a page after that of another process: it may be newer than what was scanned here.
        long earliest = token.Reader == _id ? token.Scan : Interlocked.Read(ref _scans) + 1;
        ScannedPlace last = after;
        ScannedPlaces? places = null;
        while (true)
        {
            places ??= await OrderAsync(query, after, earliest, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<ScannedPlace> some = places.After(after, Math.Min(ItemReader.MaxKeys, page.Limit), out bool isEnd);
            if (isEnd)
            {
                return page.ToPage();
            }

            earliest = places.Scan;
            Dictionary<string, BillingRecord> records = await FetchAsync(some.Select(place => place.ItemKey!), cancellationToken).ConfigureAwait(false);
            foreach (ScannedPlace place in some)
            {
                // What was taken away, or moved elsewhere, since the scan is not there any more.
                if (records.TryGetValue(place.ItemKey!, out BillingRecord? record) && RecordPosition.Of(record) == place.Position && query.Matches(record))
                {
                    if (!page.Add(record))
                    {
                        Page<BillingRecord> full = page.ToPage();
                        return full with { ContinuationToken = new ScanToken(full.ContinuationToken, _id, places.Scan, last.ItemKey).ToString() };
                    }

                    last = place;
                }

                after = place;
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

    public void Written(IEnumerable<BillingRecord> records)
    {
        if (_last is not { } places)
        {
            return;
        }

        foreach (BillingRecord record in records)
        {
            ItemBuilder item = form.Write(record, "");
            if (item.Refusal is null)
            {
                places.Add(record, ItemKeys.Pack(item.Item, form.KeyNames));
            }
        }
    }

    public void Dispose()
    {
        _last = null;
        _expiry?.Dispose();
        _oneScan.Dispose();
    }

    // One scan at a time. Whoever waited for another one may find what is asked for.
    private async Task<ScannedPlaces> OrderAsync(RecordQuery query, ScannedPlace after, long earliest, CancellationToken cancellationToken)
    {
        await _oneScan.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_last is { } last && last.Serves(query, after, earliest, time.GetUtcNow()))
            {
                return last;
            }

            // From here on it is told what is written, which the scan may have passed by.
            ScannedPlaces places = _last = new(query, after, Interlocked.Increment(ref _scans), mostPlaces);
            await foreach ((BillingRecord record, Dictionary<string, AttributeValue> item) in ScanAsync(cancellationToken).ConfigureAwait(false))
            {
                places.Add(record, ItemKeys.Pack(item, form.KeyNames));
            }

            places.Complete(time.GetUtcNow());
            _expiry?.Dispose();
            _expiry = time.CreateTimer(Expire, places, ScannedPlaces.LongestUse, Timeout.InfiniteTimeSpan);
            return places;
        }
        finally
        {
            _last = _last is { IsComplete: true } ? _last : null;
            _oneScan.Release();
        }
    }

    // A sink that nobody asks any more keeps no memory.
    private void Expire(object? places) => Interlocked.CompareExchange(ref _last, null, (ScannedPlaces?)places);

    // By the keys of their items. A record that was written twice, or moved, has two places of one key.
    private async Task<Dictionary<string, BillingRecord>> FetchAsync(IEnumerable<string> itemKeys, CancellationToken cancellationToken)
    {
        Dictionary<string, BillingRecord> records = new(StringComparer.Ordinal);
        foreach (string[] some in itemKeys.Distinct(StringComparer.Ordinal).Chunk(ItemReader.MaxKeys))
        {
            foreach (Dictionary<string, AttributeValue> item in await reader.FindAsync(table, some.Select(key => ItemKeys.Unpack(key, form.KeyNames)), null, cancellationToken).ConfigureAwait(false))
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
