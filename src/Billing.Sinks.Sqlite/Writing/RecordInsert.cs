using SQLitePCL;

namespace Billing.Sinks.Sqlite.Writing;

/// <summary>A prepared insert of a fixed number of records.</summary>
internal sealed class RecordInsert : IDisposable
{
    private const string TooBig = "The record has more bytes than SQLite can hold in one row. Shorten its texts in the source.";

    private readonly SqliteStatement _insert;
    private readonly RecordBinder _binder;

    public RecordInsert(SqliteSession session, int rows)
    {
        string row = "(" + string.Join(", ", Enumerable.Repeat('?', RecordBinder.Columns.Count)) + ")";
        _insert = session.Prepare($"INSERT INTO records ({string.Join(", ", RecordBinder.Columns)}) VALUES {string.Join(", ", Enumerable.Repeat(row, rows))}");
        _binder = new RecordBinder(_insert, rows);
    }

    /// <summary>Binds a record to a row.</summary>
    /// <returns>Why SQLite cannot hold the record exactly, or null.</returns>
    public string? Bind(int row, BillingRecord record, long origin, int slot) => _binder.Bind(row, record, origin, slot);

    /// <summary>Inserts the bound records: all or none.</summary>
    /// <returns>Why SQLite cannot hold one of them, or null.</returns>
    /// <exception cref="BillingException">SQLite failed.</exception>
    public string? Run()
    {
        int code = _insert.TryStep();
        try
        {
            return code switch
            {
                raw.SQLITE_DONE => null,
                raw.SQLITE_TOOBIG => TooBig,
                _ => throw _insert.Error(code),
            };
        }
        finally
        {
            _insert.Reset();
        }
    }

    public void Dispose()
    {
        _binder.Dispose();
        _insert.Dispose();
    }
}
