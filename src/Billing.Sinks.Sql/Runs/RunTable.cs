using System.Globalization;
using System.Text;

namespace Billing.Sinks.Sql.Runs;

/// <summary>Stores and lists the runs.</summary>
internal sealed class RunTable(SqlTable table)
{
    /// <summary>Stores a run. Replaces what was stored of it.</summary>
    public async ValueTask PutAsync(SqlSession session, IngestReport run, CancellationToken cancellationToken)
    {
        SqlDialect dialect = table.Dialect;
        if (Encoding.UTF8.GetByteCount(run.RunId) > dialect.LongestRunId || !UnicodeText.IsWellFormed(run.RunId))
        {
            throw new BillingException($"The id of the run is not valid Unicode, or is longer than {dialect.LongestRunId} bytes in UTF-8. Use a shorter one.");
        }

        object? id = dialect.Text(run.RunId);
        object?[] values =
        [
            id,
            dialect.Text(run.Source),
            run.StartedAt.ToString("O", CultureInfo.InvariantCulture),
            run.Status.ToString(),
            run.IsBalanced ? 1L : 0L,
            run.Read.Rows,
            run.Stored.Rows,
            run.Duplicate.Rows,
            run.Conflict.Rows,
            run.Quarantined.Rows,
            dialect.Json(JsonText.ToBytes(run)),
        ];
        string? upsert = dialect.Upsert(table, table.Columns.Skip(1).Select(column => column.Name));
        if (upsert is null && await session.AnyAsync($"SELECT 1 FROM {table.Sql} WHERE run_id = @p0{dialect.ForUpdate}", [id], cancellationToken).ConfigureAwait(false))
        {
            string changes = string.Join(", ", table.Columns.Skip(1).Select((column, i) => $"{dialect.Quote(column.Name)} = {ParameterNames.Of(i + 1)}"));
            await session.ExecuteAsync($"UPDATE {table.Sql} SET {changes} WHERE run_id = @p0", values, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await session.InsertAsync(table, [values], upsert ?? "", cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Returns the run with the id, or null.</summary>
    public async ValueTask<IngestReport?> FindAsync(SqlSession session, string runId, CancellationToken cancellationToken)
    {
        IngestReport? found = null;
        await foreach (SqlRow row in session.ReadAsync($"SELECT {table.Dialect.SelectUtf8("report")} FROM {table.Sql} WHERE run_id = @p0", [table.Dialect.Text(runId)], cancellationToken).ConfigureAwait(false))
        {
            found = JsonText.ReadReport(row.Bytes(0).ToArray());
        }

        return found;
    }

    /// <summary>Returns one page of the runs, newest first: run ids sort by start.</summary>
    public async ValueTask<Page<IngestReport>> QueryAsync(SqlSession session, PageRequest page, CancellationToken cancellationToken)
    {
        PageBuilder<IngestReport, string> built = StorePages.OfRuns(page);
        SqlConditions conditions = new(table.Dialect);
        if (built.TryGetAfter(out string? after))
        {
            conditions.And("run_id < {0}", table.Dialect.Text(after));
        }

        string sql = string.Create(CultureInfo.InvariantCulture, $"SELECT {table.Dialect.SelectUtf8("report")} FROM {table.Sql} {conditions.Where} ORDER BY run_id DESC LIMIT {built.Limit}");
        await foreach (SqlRow row in session.ReadAsync(sql, conditions.Values, cancellationToken).ConfigureAwait(false))
        {
            if (!built.Add(JsonText.ReadReport(row.Bytes(0).ToArray())))
            {
                break;
            }
        }

        return built.ToPage();
    }
}
