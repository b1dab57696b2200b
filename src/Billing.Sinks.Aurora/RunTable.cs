using System.Globalization;
using System.Text;

namespace Billing.Sinks.Aurora;

/// <summary>Keeps and lists the runs.</summary>
internal sealed class RunTable(AuroraTable table)
{
    /// <summary>Keeps a run, in place of what was kept of it.</summary>
    public async ValueTask PutAsync(AuroraSession session, IngestReport run, CancellationToken cancellationToken)
    {
        byte[] id = Encoding.UTF8.GetBytes(run.RunId);
        if (id.Length > AuroraSchema.LongestRunId || !UnicodeText.IsWellFormed(run.RunId))
        {
            throw new BillingException($"The run's id is no Unicode text of up to {AuroraSchema.LongestRunId} bytes in UTF-8. Use a shorter one.");
        }

        object?[] values =
        [
            id,
            Encoding.UTF8.GetBytes(run.Source),
            run.StartedAt.ToString("O", CultureInfo.InvariantCulture),
            run.Status.ToString(),
            run.IsBalanced ? 1L : 0L,
            run.Read.Rows,
            run.Stored.Rows,
            run.Duplicate.Rows,
            run.Conflict.Rows,
            run.Quarantined.Rows,
            ReportJson.Write(run).ToArray(),
        ];
        if (await session.AnyAsync($"SELECT 1 FROM `{table.Name}` WHERE run_id = @p0 FOR UPDATE", [id], cancellationToken).ConfigureAwait(false))
        {
            string changes = string.Join(", ", table.Columns.Skip(1).Select((column, i) => $"`{column.Name}` = {ParameterNames.Of(i + 1)}"));
            await session.ExecuteAsync($"UPDATE `{table.Name}` SET {changes} WHERE run_id = @p0", values, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await ValuesInsert.InsertAsync(session, table, [values], cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>One page of the runs, newest first: their ids sort by start.</summary>
    public async ValueTask<Page<IngestReport>> QueryAsync(AuroraSession session, PageRequest page, CancellationToken cancellationToken)
    {
        PageBudget budget = new(page);
        SqlConditions conditions = new();
        if (PageToken.Read(page, QueryIdentity.Runs) is { } after)
        {
            conditions.And("run_id < {0}", after);
        }

        List<IngestReport> runs = [];
        string sql = string.Create(CultureInfo.InvariantCulture, $"SELECT CAST(report AS BINARY) FROM `{table.Name}` {conditions.Where} ORDER BY run_id DESC LIMIT {budget.Size + 1}");
        await foreach (AuroraRow row in session.ReadAsync(sql, conditions.Values, cancellationToken).ConfigureAwait(false))
        {
            runs.Add(ReportJson.Read(row.Bytes(0)));
            if (budget.IsPast(runs[^1]))
            {
                break;
            }
        }

        return PageToken.Cut(runs, budget.Size, QueryIdentity.Runs, run => Encoding.UTF8.GetBytes(run.RunId));
    }
}
