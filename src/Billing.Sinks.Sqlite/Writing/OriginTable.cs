namespace Billing.Sinks.Sqlite.Writing;

/// <summary>The rows of <c>origins</c>: run, source and scope, which many records share. Used inside a transaction.</summary>
internal sealed class OriginTable : IDisposable
{
    // If every record is a message, and therefore its own source, the memory used must not grow with the run.
    private const int MostRemembered = 10_000;

    private readonly SqliteSession _session;
    private readonly SqliteStatement _find;
    private readonly SqliteStatement _add;
    private readonly SqliteStatement _source;
    private readonly Dictionary<(string RunId, string Source, string? Scope), long> _ids = [];
    private readonly Dictionary<long, string> _sources = [];
    private (string? RunId, string? Source, string? Scope, long Id) _last;

    public OriginTable(SqliteSession session)
    {
        _session = session;
        _find = session.Prepare("SELECT id FROM origins WHERE run_id = ?1 AND source = ?2 AND coalesce(scope, x'') = coalesce(?3, x'')");
        _add = session.Prepare("INSERT INTO origins (run_id, source, scope) VALUES (?1, ?2, ?3)");
        _source = session.Prepare("SELECT source FROM origins WHERE id = ?1");
    }

    /// <summary>Returns the id of a record's origin. Adds a new origin.</summary>
    public long IdOf(BillingRecord record)
    {
        if (ReferenceEquals(_last.RunId, record.RunId) && ReferenceEquals(_last.Source, record.Source.Name) && ReferenceEquals(_last.Scope, record.Scope))
        {
            return _last.Id;
        }

        (string, string, string?) origin = (record.RunId, record.Source.Name, record.Scope);
        if (!_ids.TryGetValue(origin, out long id))
        {
            id = FindOrAdd(record);
            if (_ids.Count >= MostRemembered)
            {
                _ids.Clear();
            }

            _ids.Add(origin, id);
        }

        _last = (record.RunId, record.Source.Name, record.Scope, id);
        return id;
    }

    /// <summary>Returns the source of an origin.</summary>
    public string SourceOf(long id)
    {
        if (_sources.TryGetValue(id, out string? source))
        {
            return source;
        }

        _source.Bind(1, id);
        try
        {
            source = _source.Step() ? _source.Text(0) : throw new InvalidOperationException($"The origin {id} does not exist, although records refer to it.");
        }
        finally
        {
            _source.Reset();
        }

        if (_sources.Count >= MostRemembered)
        {
            _sources.Clear();
        }

        _sources.Add(id, source);
        return source;
    }

    /// <summary>Forgets the cached origins, because the transaction that added them was rolled back.</summary>
    public void Forget()
    {
        _ids.Clear();
        _sources.Clear();
        _last = default;
    }

    public void Dispose()
    {
        _find.Dispose();
        _add.Dispose();
        _source.Dispose();
    }

    private long FindOrAdd(BillingRecord record)
    {
        Bind(_find, record);
        try
        {
            if (_find.Step())
            {
                return _find.Int64(0);
            }
        }
        finally
        {
            _find.Reset();
        }

        Bind(_add, record);
        _add.Run();
        return _session.LastId;
    }

    private static void Bind(SqliteStatement statement, BillingRecord record)
    {
        statement.Bind(1, record.RunId);
        statement.Bind(2, record.Source.Name);
        statement.Bind(3, record.Scope);
    }
}
