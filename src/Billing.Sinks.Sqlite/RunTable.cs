using SQLitePCL;

namespace Billing.Sinks.Sqlite;

/// <summary>Runs: their reports as JSON, under their ids.</summary>
internal static class RunTable
{
    /// <summary>Keeps a report in place of the last one of its run.</summary>
    public static void Write(sqlite3 database, IngestReport run)
    {
        using SqliteStatement upsert = new(database, """
            INSERT INTO runs (run_id, source, started_at, status, report) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (run_id) DO UPDATE SET status = excluded.status, report = excluded.report
            """);
        upsert
            .Bind(run.RunId)
            .Bind(run.Source)
            .Bind(InstantText.Of(run.StartedAt))
            .Bind(ReportJson.StatusText(run.Status))
            .BindUtf8(ReportJson.Write(run))
            .Run();
    }

    public static Page<IngestReport> List(sqlite3 database, PageRequest page, CancellationToken cancellationToken)
    {
        string where = page.ContinuationToken is null ? "" : " WHERE run_id < ?";
        using SqliteStatement statement = new(database, $"SELECT report FROM runs{where} ORDER BY run_id DESC LIMIT ?");
        if (page.ContinuationToken is { } token)
        {
            statement.Bind(token);
        }

        return ListPage.Read(statement.Bind(ListPage.Size(page) + 1L), page, row => ReportJson.Read(row.ReadBytes()), run => run.RunId, cancellationToken);
    }
}
