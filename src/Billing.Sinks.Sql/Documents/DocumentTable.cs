using System.Globalization;

namespace Billing.Sinks.Sql.Documents;

/// <summary>
/// Stores and lists documents. Kind and id are one column, <c>kind/id</c>: no kind has a slash, so the documents of a kind, and those whose
/// ids begin alike, stand together in the order of their ids.
/// </summary>
internal sealed class DocumentTable(SqlTable table)
{
    private const int NamesPerStatement = 500;
    private const char Slash = '/';

    // Behind every character of an id.
    private const char Last = '~';

    private const int BytesOfStatement = 1_000;

    private readonly SqlDialect _dialect = table.Dialect;

    /// <summary>Those of some documents that are stored, by kind and id.</summary>
    public async ValueTask<HashSet<(string Kind, string Id)>> StoredAsync(SqlSession session, IEnumerable<LedgerDocument> documents, CancellationToken cancellationToken)
    {
        await DemandAsync(session, cancellationToken).ConfigureAwait(false);
        HashSet<(string, string)> found = [];
        foreach (object?[] names in documents.Select(NameOf).Chunk(NamesPerStatement))
        {
            string list = string.Join(", ", names.Select((_, i) => ParameterNames.Of(i)));
            await foreach (SqlRow row in session.ReadAsync($"SELECT document FROM {table.Sql} WHERE document IN ({list})", names, cancellationToken).ConfigureAwait(false))
            {
                found.Add(Parse(row.Identifier(0)));
            }
        }

        return found;
    }

    /// <summary>Inserts documents that are not stored.</summary>
    /// <exception cref="BillingException">The server does not take one of this size.</exception>
    public async ValueTask InsertAsync(SqlSession session, IEnumerable<LedgerDocument> documents, string onConflict, CancellationToken cancellationToken)
    {
        List<object?[]> rows = [];
        foreach (LedgerDocument document in documents.OrderBy(document => document.Id, StringComparer.Ordinal))
        {
            DemandRoom(session, document);
            rows.Add([NameOf(document), document.Body.ToArray()]);
        }

        await session.InsertAsync(table, rows, onConflict, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stores a document, unless one is stored under its kind and id.</summary>
    /// <param name="session">The connection, in a transaction.</param>
    /// <param name="document">The document.</param>
    /// <param name="mayBeStored">Whether an earlier attempt may have been committed: what is stored with this body then is its own.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<bool> AddAsync(SqlSession session, LedgerDocument document, bool mayBeStored, CancellationToken cancellationToken)
    {
        await DemandAsync(session, cancellationToken).ConfigureAwait(false);
        if (await FindAsync(session, document.Kind, document.Id, cancellationToken).ConfigureAwait(false) is { } stored)
        {
            return mayBeStored && stored.Body.Span.SequenceEqual(document.Body.Span);
        }

        // Of two concurrent calls one waits for the other, and then fails because the key exists: it is tried again.
        await InsertAsync(session, [document], "", cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Stores a document, or replaces it.</summary>
    public async ValueTask PutAsync(SqlSession session, LedgerDocument document, CancellationToken cancellationToken)
    {
        await DemandAsync(session, cancellationToken).ConfigureAwait(false);
        object?[] values = [NameOf(document), document.Body.ToArray()];
        string? upsert = _dialect.Upsert(table, ["body"]);
        if (upsert is null && await session.AnyAsync($"SELECT 1 FROM {table.Sql} WHERE document = @p0{_dialect.ForUpdate}", values[..1], cancellationToken).ConfigureAwait(false))
        {
            DemandRoom(session, document);
            await session.ExecuteAsync($"UPDATE {table.Sql} SET body = @p1 WHERE document = @p0", values, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await InsertAsync(session, [document], upsert ?? "", cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Returns the document of a kind with an id, or null.</summary>
    public async ValueTask<LedgerDocument?> FindAsync(SqlSession session, string kind, string id, CancellationToken cancellationToken)
    {
        LedgerDocument? found = null;
        SqlConditions conditions = new SqlConditions(_dialect).AndText("document = {0}", kind + Slash + id);
        await foreach (LedgerDocument document in ReadAsync(session, conditions, "", cancellationToken).ConfigureAwait(false))
        {
            // A name with another slash is that of another kind.
            found = document.Kind == kind ? document : null;
        }

        return found;
    }

    /// <summary>Returns one page, in the order of the ids.</summary>
    public async ValueTask<Page<LedgerDocument>> QueryAsync(SqlSession session, DocumentQuery query, CancellationToken cancellationToken)
    {
        PageBuilder<LedgerDocument, string> page = StorePages.Of(query);
        string begin = query.Kind + Slash;
        SqlConditions conditions = new SqlConditions(_dialect).AndText("document >= {0}", begin + query.IdPrefix).AndText("document < {0}", begin + query.IdPrefix + Last);
        if (page.TryGetAfter(out string? after))
        {
            conditions.AndText(query.LastFirst ? "document < {0}" : "document > {0}", begin + after);
        }

        string order = string.Create(CultureInfo.InvariantCulture, $"ORDER BY document{(query.LastFirst ? " DESC" : "")} LIMIT {page.Limit}");
        await foreach (LedgerDocument document in ReadAsync(session, conditions, order, cancellationToken).ConfigureAwait(false))
        {
            if (!page.Add(document))
            {
                break;
            }
        }

        return page.ToPage();
    }

    private static (string Kind, string Id) Parse(string name)
    {
        int slash = name.IndexOf(Slash, StringComparison.Ordinal);
        return (name[..slash], name[(slash + 1)..]);
    }

    private static void DemandRoom(SqlSession session, LedgerDocument document)
    {
        // An escaped byte takes two.
        long bytes = (2L * document.Body.Length) + BytesOfStatement;
        if (session is ServerSession server && server.MaxPacket < bytes)
        {
            throw new BillingException(FormattableString.Invariant($"The document {document} needs up to {bytes} bytes on its way to the server, which takes at most {server.MaxPacket}. Raise max_allowed_packet of the server."));
        }
    }

    private async IAsyncEnumerable<LedgerDocument> ReadAsync(SqlSession session, SqlConditions conditions, string order, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!await ExistsAsync(session, cancellationToken).ConfigureAwait(false))
        {
            yield break;
        }

        await foreach (SqlRow row in session.ReadAsync($"SELECT document, body FROM {table.Sql} {conditions.Where} {order}", conditions.Values, cancellationToken).ConfigureAwait(false))
        {
            (string kind, string id) = Parse(row.Identifier(0));
            yield return new LedgerDocument(kind, id, row.Bytes(1).ToArray());
        }
    }

    /// <summary>Whether the table is there. It is missing in a file that an earlier version made and that may not be upgraded.</summary>
    public async ValueTask<bool> ExistsAsync(SqlSession session, CancellationToken cancellationToken) =>
        _dialect.Exists(table) is not { } sql || await session.AnyAsync(sql, [], cancellationToken).ConfigureAwait(false);

    private async ValueTask DemandAsync(SqlSession session, CancellationToken cancellationToken)
    {
        if (!await ExistsAsync(session, cancellationToken).ConfigureAwait(false))
        {
            throw new BillingException($"The store has no table {table.Name}: an earlier version made it, and it may not be created here. Open the store once for writing, with CreateTables set.");
        }
    }

    private object? NameOf(LedgerDocument document) => _dialect.Text(document.Kind + Slash + document.Id);
}
