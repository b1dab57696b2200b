using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Logging;

namespace Billing.Sinks.Dynamo.Records;

/// <summary>Reads a table with a layout: the whole of it, as it has no index that serves. The log says so.</summary>
internal sealed class ScannedReads(ItemReader reader, IItemForm form, string table, ILogger logger) : IRecordReads
{
    private static readonly IComparer<RecordPosition> s_lastFirst = Comparer<RecordPosition>.Create((left, right) => right.CompareTo(left));

    public async Task<BillingRecord?> FindAsync(RecordKey key, CancellationToken cancellationToken)
    {
        await foreach (BillingRecord record in ReadAsync(new RecordQuery(), cancellationToken).ConfigureAwait(false))
        {
            if (record.Key == key)
            {
                return record;
            }
        }

        return null;
    }

    public async Task<Dictionary<RecordKey, BillingRecord>> FindAllAsync(IReadOnlyList<RecordKey> keys, CancellationToken cancellationToken)
    {
        HashSet<RecordKey> wanted = [.. keys];
        Dictionary<RecordKey, BillingRecord> found = [];
        await foreach (BillingRecord record in ReadAsync(new RecordQuery(), cancellationToken).ConfigureAwait(false))
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
        PageBudget budget = new(query);
        int size = budget.Size;
        QueryIdentity identity = QueryIdentity.Of(query);
        RecordPosition? after = PageToken.Read(query, identity) is { } token ? RecordPosition.Parse(token) : null;

        // Only what may stand on the page is kept, however large the table.
        PriorityQueue<BillingRecord, RecordPosition> first = new(s_lastFirst);
        await foreach (BillingRecord record in ReadAsync(query, cancellationToken).ConfigureAwait(false))
        {
            RecordPosition position = RecordPosition.Of(record);
            if (after is not { } last || position.CompareTo(last) > 0)
            {
                first.Enqueue(record, position);
                if (first.Count > size + 1)
                {
                    first.Dequeue();
                }
            }
        }

        List<BillingRecord> records = [.. first.UnorderedItems.OrderBy(item => item.Priority).Select(item => item.Element)];
        _ = records.Find(budget.IsPast);
        return PageToken.Cut(records, budget.Size, identity, record => RecordPosition.Of(record).ToBytes());
    }

    public async IAsyncEnumerable<BillingRecord> ReadAsync(RecordQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Log.Scanned(logger, table);
        long foreign = 0;
        await foreach (Dictionary<string, AttributeValue> item in reader.ScanAsync(table, cancellationToken).ConfigureAwait(false))
        {
            if (form.FieldsOf(item) is not { } fields)
            {
                foreign++;
            }
            else if (RecordItem.Read(fields) is var record && RecordMatcher.Matches(query, record))
            {
                yield return record;
            }
        }

        if (foreign > 0)
        {
            Log.ForeignItems(logger, table, foreign);
        }
    }
}
