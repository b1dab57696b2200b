namespace Billing.Sinks.Sqlite.Schema;

/// <summary>The table of the documents. A file without it has none, so it can be read as it is.</summary>
internal static class DocumentSchema
{
    public const string Script = """
        CREATE TABLE documents (
            document TEXT NOT NULL PRIMARY KEY,
            body     BLOB NOT NULL CHECK (typeof(body) = 'blob')
        );
        """;
}
