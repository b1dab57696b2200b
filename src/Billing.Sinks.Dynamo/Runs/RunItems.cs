using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Billing.Sinks.Dynamo.Runs;

/// <summary>Stores and lists the runs.</summary>
internal sealed class RunItems(IAmazonDynamoDB client, ItemReader reader, LargeBytes bytes, Retries retries, string table)
{
    private const string RunId = "run_id";

    /// <summary>Stores a run. Replaces what was stored of it.</summary>
    public async Task PutAsync(IngestReport run, CancellationToken cancellationToken)
    {
        byte[] report = JsonText.ToBytes(run);
        ItemBuilder item = new();
        item.Text(Names.Key, KeyOf(run.RunId));
        item.Text(Names.Month, Names.Runs);
        item.Text(Names.Position, run.RunId);
        item.Text(RunId, run.RunId);
        item.Text(Names.Source, run.Source);
        item.Text("status", run.Status.ToString());
        item.Number("rows_read", run.Read.Rows);
        item.Number("rows_stored", run.Stored.Rows);
        await bytes.WriteAsync(item, Names.Report, report, cancellationToken).ConfigureAwait(false);
        if (item.Refusal is { } refusal)
        {
            throw new BillingException($"The run {run.RunId} cannot be stored: {refusal}");
        }

        PutItemRequest request = new() { TableName = table, Item = item.Item };
        await retries.CallAsync(table, token => client.PutItemAsync(request, token), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns the run with the id, or null.</summary>
    public async Task<IngestReport?> FindAsync(string runId, CancellationToken cancellationToken)
    {
        Dictionary<string, AttributeValue> key = new() { [Names.Key] = new AttributeValue { S = KeyOf(runId) } };
        return await reader.FindAsync(table, key, cancellationToken).ConfigureAwait(false) is { } item ? await ReadAsync(item, cancellationToken).ConfigureAwait(false) : null;
    }

    /// <summary>Returns one page of the runs, newest first: run ids sort by start.</summary>
    public async Task<Page<IngestReport>> QueryAsync(PageRequest page, CancellationToken cancellationToken)
    {
        PageBuilder<IngestReport, string> built = StorePages.OfRuns(page);
        _ = built.TryGetAfter(out string? after);
        IndexRange range = IndexRange.OfMonth(Names.Runs, to: after) with { IsDescending = true };
        await foreach (Dictionary<string, AttributeValue> item in reader.QueryAsync(table, range, built.Limit + 1, cancellationToken).ConfigureAwait(false))
        {
            if (ItemBuilder.ReadText(item, Names.Position) != after && !built.Add(await ReadAsync(item, cancellationToken).ConfigureAwait(false)))
            {
                break;
            }
        }

        return built.ToPage();
    }

    private static string KeyOf(string runId) => $"{Names.Runs}#{runId}";

    private async Task<IngestReport> ReadAsync(Dictionary<string, AttributeValue> item, CancellationToken cancellationToken) =>
        JsonText.ReadReport(await bytes.ReadAsync(item, Names.Report, cancellationToken).ConfigureAwait(false));
}
