using System.Collections.Concurrent;
using Amazon.DynamoDBv2.Model;

namespace Billing.Sinks.Dynamo.Records;

/// <summary>The months that have records. With them, a query of all records follows the index instead of scanning the table.</summary>
internal sealed class Months(ItemPuts puts, ItemReader reader, string table)
{
    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);

    /// <summary>Records months before a record of theirs is written, so that no record is without its month.</summary>
    public async Task NoteAsync(IEnumerable<string> months, CancellationToken cancellationToken)
    {
        string[] unknown = [.. months.Distinct(StringComparer.Ordinal).Where(month => !_known.ContainsKey(month))];
        await puts.WriteAsync(unknown.Select(ItemOf), cancellationToken).ConfigureAwait(false);
        foreach (string month in unknown)
        {
            _known.TryAdd(month, true);
        }
    }

    /// <summary>Returns the months between two months, both included, in order.</summary>
    public async Task<List<string>> ListAsync(DateOnly? from, DateOnly? to, CancellationToken cancellationToken)
    {
        IndexRange range = IndexRange.OfMonth(Names.Months, from is { } first ? OwnForm.MonthOf(first) : null, to is { } last ? OwnForm.MonthOf(last) : null);
        List<string> months = [];
        await foreach (Dictionary<string, AttributeValue> item in reader.QueryAsync(table, range, null, cancellationToken).ConfigureAwait(false))
        {
            months.Add(RecordItem.Required(item, Names.Position));
        }

        return months;
    }

    private static Dictionary<string, AttributeValue> ItemOf(string month)
    {
        ItemBuilder item = new();
        item.Text(Names.Key, $"{Names.Months}#{month}");
        item.Text(Names.Month, Names.Months);
        item.Text(Names.Position, month);
        return item.Item;
    }
}
