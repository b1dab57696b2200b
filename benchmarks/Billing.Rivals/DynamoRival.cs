using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace Billing.Rivals;

/// <summary>One file into one DynamoDB table, as many requests at a time as Billing's sink sends.</summary>
internal static class DynamoRival
{
    private const int AtOnce = 8;
    private const int BatchSize = 25;
    private static readonly ParallelOptions s_parallel = new() { MaxDegreeOfParallelism = AtOnce };

    /// <summary>A put per record, on the condition that its key is not there.</summary>
    public static async Task<Outcome> ConditionalPutsAsync(string file, string port, string table, bool meters)
    {
        using MeteredDynamoDBClient client = new(port, meters);
        await DynamoTable.CreateAsync(client, table);
        Totals totals = new();
        await Parallel.ForEachAsync(PlainRecord.ReadAll(file).Select(totals.Count), s_parallel, async (record, cancellationToken) =>
        {
            try
            {
                await client.PutItemAsync(new PutItemRequest { TableName = table, Item = Item(record), ConditionExpression = "attribute_not_exists(#key)", ExpressionAttributeNames = new() { ["#key"] = "key" } }, cancellationToken);
            }
            catch (ConditionalCheckFailedException)
            {
                // It is there already.
                return;
            }
        });
        return totals.Outcome with { Units = client.Units };
    }

    /// <summary>25 puts per request. BatchWriteItem takes no condition: what is there already is overwritten, and nobody is told.</summary>
    public static async Task<Outcome> BatchesAsync(string file, string port, string table, bool meters)
    {
        using MeteredDynamoDBClient client = new(port, meters);
        await DynamoTable.CreateAsync(client, table);
        Totals totals = new();
        await Parallel.ForEachAsync(PlainRecord.ReadAll(file).Select(totals.Count).Chunk(BatchSize), s_parallel, async (records, cancellationToken) =>
        {
            Dictionary<string, List<WriteRequest>>? left = new() { [table] = [.. records.Select(record => new WriteRequest(new PutRequest(Item(record))))] };
            while (left is { Count: > 0 })
            {
                left = (await client.BatchWriteItemAsync(new BatchWriteItemRequest(left), cancellationToken)).UnprocessedItems;
            }
        });
        return totals.Outcome with { Units = client.Units };
    }

    private static Dictionary<string, AttributeValue> Item(PlainRecord record)
    {
        InvoiceRow row = record.Row;
        string key = Convert.ToHexStringLower(record.Key);
        return new()
        {
            ["key"] = Text(key),
            ["month"] = Text(record.Date[..7]),
            ["position"] = Text($"{record.Date}#{key}"),
            ["fingerprint"] = Text(Convert.ToHexStringLower(record.Fingerprint)),
            ["occurrence"] = Number(record.Occurrence),
            ["source_id"] = Text(row.id),
            ["date"] = Text(record.Date),
            ["party"] = Text(row.company_name),
            ["description"] = Text(row.item),
            ["amount"] = Number(row.bill_amount),
            ["currency"] = Text(row.currency),
            ["reporting_amount"] = Number(record.Dollars),
            ["reporting_currency"] = Text("USD"),
            ["rate"] = Number(record.Rate),
            ["rate_source"] = Text("fixed"),
            ["category"] = Text(record.Category),
            ["attributes"] = new() { M = new() { ["country"] = Text(row.country), ["city"] = Text(row.city), ["product_line"] = Text(row.product_line) } },
            ["source"] = Text("invoices.csv"),
            ["line"] = Text(row.id),
            ["run_id"] = Text("rival"),
        };
    }

    private static AttributeValue Text(string text) => new() { S = text };

    private static AttributeValue Number(decimal number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };

    private sealed class Totals
    {
        public Outcome Outcome { get; private set; } = new(0, 0, 0);

        // Called by whoever takes the next record, one at a time.
        public PlainRecord Count(PlainRecord record)
        {
            Outcome = new(Outcome.Rows + 1, Outcome.Cents + (long)(record.Dollars * 100), Outcome.Repeats + (record.Occurrence > 1 ? 1 : 0));
            return record;
        }
    }
}
