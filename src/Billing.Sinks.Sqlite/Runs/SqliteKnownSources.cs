namespace Billing.Sinks.Sqlite.Runs;

/// <summary>The sources that runs took whole. What is remembered holds as long as <c>record_order.edits</c> is what it was before the run.</summary>
internal static class SqliteKnownSources
{
    private const string Mark = "SELECT CAST(edits AS TEXT) FROM record_order";

    // A file that may not be upgraded has no such table. Where somebody dropped a trigger, edits are not counted.
    private const string IsWatched = """
        SELECT 1 WHERE 5 = (SELECT count(*) FROM sqlite_master
            WHERE name = 'known_sources' OR (type = 'trigger' AND name IN ('records_deleted', 'records_moved', 'records_inserted', 'records_changed')))
        """;

    public static async ValueTask<string> MarkAsync(SqlSession session, CancellationToken cancellationToken) =>
        await TextAsync(session, Mark, [], cancellationToken).ConfigureAwait(false) ?? "";

    public static async ValueTask RememberAsync(SqlSession session, string terms, string runId, string mark, CancellationToken cancellationToken)
    {
        if (await session.AnyAsync(IsWatched, [], cancellationToken).ConfigureAwait(false))
        {
            await session.ExecuteAsync(
                "INSERT INTO known_sources (terms, run_id, edits) VALUES (@p0, @p1, @p2) ON CONFLICT (terms) DO UPDATE SET run_id = excluded.run_id, edits = excluded.edits",
                [terms, runId, mark],
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The id of the run that is remembered, or null.</summary>
    public static async ValueTask<string?> FindAsync(SqlSession session, string terms, CancellationToken cancellationToken) =>
        await session.AnyAsync(IsWatched, [], cancellationToken).ConfigureAwait(false)
            ? await TextAsync(session, $"SELECT run_id FROM known_sources WHERE terms = @p0 AND edits = ({Mark})", [terms], cancellationToken).ConfigureAwait(false)
            : null;

    private static async ValueTask<string?> TextAsync(SqlSession session, string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        string? text = null;
        await foreach (SqlRow row in session.ReadAsync(sql, values, cancellationToken).ConfigureAwait(false))
        {
            text = row.TextOrNull(0);
        }

        return text;
    }
}
