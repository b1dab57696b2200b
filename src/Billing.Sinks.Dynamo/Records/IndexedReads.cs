using System.Globalization;
using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2.Model;

namespace Billing.Sinks.Dynamo.Records;

/// <summary>Reads Billing's own table through its key and its indexes; never the whole table if less is enough.</summary>
internal sealed class IndexedReads(ItemReader reader, Months months, string table) : IRecordReads
{
    // Further filters may leave little of one read, so at least this many items are read at once.
    private const int FilteredReadSize = 250;

    // Sorts after every position of a day.
    private const string EndOfDay = "~";

    public async Task<BillingRecord?> FindAsync(RecordKey key, CancellationToken cancellationToken)
    {
        Dictionary<string, AttributeValue> itemKey = new() { [Names.Key] = new AttributeValue { S = key.ToString() } };
        return await reader.FindAsync(table, itemKey, cancellationToken).ConfigureAwait(false) is { } item ? RecordItem.Read(item) : null;
    }

    public async Task<Dictionary<RecordKey, BillingRecord>> FindAllAsync(IReadOnlyList<RecordKey> keys, CancellationToken cancellationToken)
    {
        Dictionary<RecordKey, BillingRecord> found = [];
        foreach (RecordKey[] some in keys.Distinct().Chunk(ItemReader.MaxKeys))
        {
            IEnumerable<Dictionary<string, AttributeValue>> itemKeys = some.Select(key => new Dictionary<string, AttributeValue> { [Names.Key] = new() { S = key.ToString() } });
            foreach (Dictionary<string, AttributeValue> item in await reader.FindAsync(table, itemKeys, null, cancellationToken).ConfigureAwait(false))
            {
                BillingRecord record = RecordItem.Read(item);
                found.Add(record.Key, record);
            }
        }

        return found;
    }

    public async Task<Page<BillingRecord>> QueryAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        PageBuilder<BillingRecord, RecordPosition> page = StorePages.Of(query);
        RecordPosition? after = page.TryGetAfter(out RecordPosition position) ? position : null;
        int limit = HasOtherFilters(query) ? Math.Max(FilteredReadSize, page.Limit) : page.Limit + 1;
        await foreach (BillingRecord record in ReadAsync(query, after, limit, cancellationToken).ConfigureAwait(false))
        {
            if (!page.Add(record))
            {
                break;
            }
        }

        return page.ToPage();
    }

    public IAsyncEnumerable<BillingRecord> ReadAsync(RecordQuery query, CancellationToken cancellationToken) => ReadAsync(query, null, null, cancellationToken);

    public void Written(IEnumerable<BillingRecord> records)
    {
        // Indexes have them.
    }

    // The date and, in most queries, the party are keys of an index.
    private static bool HasOtherFilters(RecordQuery query) =>
        query with { From = null, To = null, Party = null, PageSize = 1, MostBytes = null, ContinuationToken = null } != new RecordQuery { PageSize = 1 };

    private async IAsyncEnumerable<BillingRecord> ReadAsync(RecordQuery query, RecordPosition? after, int? limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? from = after is { } last ? OwnForm.PositionOf(last.Date, last.Key) : query.From?.ToString("O", CultureInfo.InvariantCulture);
        string? to = query.To is { } until ? until.ToString("O", CultureInfo.InvariantCulture) + EndOfDay : null;
        IEnumerable<IndexRange> ranges = query.Party is { } party && RecordItem.IsIndexed(party)
            ? [new IndexRange(Names.ByParty, Names.Party, party, from, to)]
            : (await months.ListAsync(after?.Date ?? query.From, query.To, cancellationToken).ConfigureAwait(false)).Select(month => IndexRange.OfMonth(month, from, to));
        foreach (IndexRange range in ranges)
        {
            await foreach (Dictionary<string, AttributeValue> item in reader.QueryAsync(table, range, limit, cancellationToken).ConfigureAwait(false))
            {
                BillingRecord record = RecordItem.Read(item);
                if ((after is not { } position || RecordPosition.Of(record).CompareTo(position) > 0) && query.Matches(record))
                {
                    yield return record;
                }
            }
        }
    }
}
