using System.Text;
using SQLitePCL;

namespace Billing.Sinks.Sqlite;

/// <summary>Names of sources and runs, each kept once: a record holds a number. Used inside a transaction.</summary>
internal sealed class NameTable(sqlite3 database) : IDisposable
{
    private const int MostCached = 10_000;

    private readonly SqliteStatement _find = new(database, "SELECT id FROM names WHERE name = ?1");
    private readonly SqliteStatement _insert = new(database, "INSERT INTO names (name) VALUES (?1)");
    private readonly Dictionary<string, long> _ids = new(StringComparer.Ordinal);
    private string _lastShared = "";

    /// <summary>The number of a name, given to it if it is new.</summary>
    public long IdOf(string name)
    {
        if (_ids.TryGetValue(name, out long id))
        {
            return id;
        }

        try
        {
            if (_find.Reset().Bind(name).Step())
            {
                id = _find.ReadInteger();
            }
            else
            {
                _insert.Reset().Bind(name).Step();
                id = raw.sqlite3_last_insert_rowid(database);
            }
        }
        finally
        {
            _find.Reset();
            _insert.Reset();
        }

        if (_ids.Count == MostCached)
        {
            _ids.Clear();
        }

        return _ids[name] = id;
    }

    /// <summary>A name as text; a run of the same name gives the same string.</summary>
    public string Shared(ReadOnlySpan<byte> utf8)
    {
        Span<char> text = utf8.Length <= 256 ? stackalloc char[256] : new char[utf8.Length];
        text = text[..Encoding.UTF8.GetChars(utf8, text)];
        return text.SequenceEqual(_lastShared) ? _lastShared : _lastShared = text.ToString();
    }

    /// <summary>Forgets numbers that a rollback took back.</summary>
    public void Clear() => _ids.Clear();

    public void Dispose()
    {
        _find.Dispose();
        _insert.Dispose();
    }
}
