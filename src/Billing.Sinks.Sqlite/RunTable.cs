using System.Globalization;

namespace Billing.Sinks.Sqlite;

/// <summary>Keeps and lists the runs: the whole report as JSON, and columns for whoever looks with SQL.</summary>
internal static class RunTable
{
    private const string Columns =
        "run_id, source, started_at, status, balanced, rows_read, rows_stored, rows_duplicate, rows_conflict, rows_quarantined, report";

    /// <summary>Keeps a run, in place of what was kept of it.</summary>
    public static void Put(SqliteSession session, IngestReport run)
    {
        string changes = string.Join(", ", Columns.Split(", ").Skip(1).Select(column => $"{column} = excluded.{column}"));
        using SqliteStatement upsert = session.Prepare(
            $"INSERT INTO runs ({Columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (run_id) DO UPDATE SET {changes}");
        upsert.Bind(1, run.RunId);
        upsert.Bind(2, run.Source);
        upsert.Bind(3, run.StartedAt.ToString("O", CultureInfo.InvariantCulture));
        upsert.Bind(4, run.Status.ToString());
        upsert.Bind(5, run.IsBalanced ? 1 : 0);
        upsert.Bind(6, run.Read.Rows);
        upsert.Bind(7, run.Stored.Rows);
        upsert.Bind(8, run.Duplicate.Rows);
        upsert.Bind(9, run.Conflict.Rows);
        upsert.Bind(10, run.Quarantined.Rows);
        upsert.BindText(11, JsonText.ToBytes(run));
        upsert.Run();
    }

    /// <summary>The run with that id, or null.</summary>
    public static IngestReport? Find(SqliteSession session, string runId)
    {
        using SqliteStatement statement = session.Prepare("SELECT report FROM runs WHERE run_id = ?1");
        statement.Bind(1, runId);
        return statement.Step() ? JsonText.ReadReport(statement.Bytes(0).ToArray()) : null;
    }

    /// <summary>One page of the runs, newest first: their ids sort by start.</summary>
    public static Page<IngestReport> Query(SqliteSession session, PageRequest page, CancellationToken cancellationToken)
    {
        PageBuilder<IngestReport, string> built = StorePages.OfRuns(page);
        SqlConditions conditions = new();
        if (built.TryGetAfter(out string? after))
        {
            conditions.And("run_id < ?", after);
        }

        string limit = built.Limit.ToString(CultureInfo.InvariantCulture);
        using SqliteStatement statement = session.Prepare($"SELECT report FROM runs {conditions.Where} ORDER BY run_id DESC LIMIT {limit}");
        conditions.BindTo(statement);
        while (statement.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!built.Add(JsonText.ReadReport(statement.Bytes(0).ToArray())))
            {
                break;
            }
        }

        return built.ToPage();
    }
}
