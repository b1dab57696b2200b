namespace Billing.Sinks.Sqlite.Schema;

/// <summary>The table of the sources that runs took whole. Only ingestions use it, so files without it can be read as they are.</summary>
internal static class KnownSchema
{
    // record_order.edits counts every record that is removed or changed, by the triggers of older versions already; another
    // fingerprint under the same key is counted from here on. A source is known as long as the count is what it was before its run.
    public const string Script = """
        CREATE TABLE known_sources (
            terms  TEXT NOT NULL PRIMARY KEY,
            run_id TEXT NOT NULL,
            edits  TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE TRIGGER records_changed AFTER UPDATE OF fingerprint ON records BEGIN
            UPDATE record_order SET edits = edits + 1;
        END;
        """;
}
