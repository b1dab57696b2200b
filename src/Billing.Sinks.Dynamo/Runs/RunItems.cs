using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Billing.Sinks.Dynamo.Runs;

/// <summary>Keeps and lists the runs.</summary>
internal sealed class RunItems(IAmazonDynamoDB client, ItemReader reader, LargeBytes bytes, Retries retries, string table)
{
    private const string RunId = "run_id";

    /// <summary>Keeps a run, in place of what was kept of it.</summary>
    public async Task PutAsync(IngestReport run, CancellationToken cancellationToken)
    {
        byte[] report = ReportJson.Write(run).ToArray();
        ItemBuilder item = new();
        item.Text(Names.Key, $"{Names.Runs}#{run.RunId}");
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
            throw new BillingException($"The run {run.RunId} cannot be kept: {refusal}");
        }

        PutItemRequest request = new() { TableName = table, Item = item.Item };
        await retries.CallAsync(table, token => client.PutItemAsync(request, token), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One page of the runs, newest first: their ids sort by start.</summary>
    public async Task<Page<IngestReport>> QueryAsync(PageRequest page, CancellationToken cancellationToken)
    {
        PageBudget budget = new(page);
        string? after = PageToken.Read(page, QueryIdentity.Runs) is { } position ? Encoding.UTF8.GetString(position) : null;
        IndexRange range = IndexRange.OfMonth(Names.Runs, to: after is "" ? throw PageToken.Foreign() : after) with { IsDescending = true };
        List<IngestReport> runs = [];
        await foreach (Dictionary<string, AttributeValue> item in reader.QueryAsync(table, range, budget.Size + 2, cancellationToken).ConfigureAwait(false))
        {
            if (ItemBuilder.ReadText(item, Names.Position) != after)
            {
                runs.Add(ReportJson.Read(await bytes.ReadAsync(item, Names.Report, cancellationToken).ConfigureAwait(false)));
                if (budget.IsPast(runs[^1]))
                {
                    break;
                }
            }
        }

        return PageToken.Cut(runs, budget.Size, QueryIdentity.Runs, run => Encoding.UTF8.GetBytes(run.RunId));
    }
}
