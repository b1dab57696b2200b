using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Billing.Sinks.Sqlite.Connections;

/// <summary>One open connection, used by one call at a time.</summary>
internal sealed class SqliteSession : SqlSession, IDisposable
{
    // A busy writer leaves little time between two transactions. A waiting call that checks less often may never get a turn.
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMilliseconds(5);

    // Keys are spread over their whole index, so every batch changes most of its pages. A checkpoint copies a page once,
    // however often it changed; with 16,000 pages (125 MiB of log) a fresh import takes half the time of the default of 1,000.
    private const int CheckpointPages = 16_000;

    private const int InstructionsBetweenLooksAtCancellation = 10_000;

    private readonly sqlite3 _db;
    private readonly string _database;
    private readonly TimeSpan _busyTimeout;
    private readonly int _mostUnsorted;
    private RecordWriter? _writer;

    static SqliteSession() => Batteries_V2.Init();

    private SqliteSession(sqlite3 db, SqliteLocation location, SqliteSinkOptions options)
        : base(SqliteDialect.Instance)
    {
        _db = db;
        Location = location;
        _database = location.Shown;
        _busyTimeout = options.BusyTimeout;
        _mostUnsorted = options.MostUnsorted;
    }

    /// <summary>Opens a connection without changing the file.</summary>
    /// <param name="create">Whether a missing file is created.</param>
    /// <exception cref="BillingException">The file cannot be opened.</exception>
    public static SqliteSession Open(SqliteLocation location, bool create, SqliteSinkOptions options)
    {
        if (!location.InMemory
            && Path.GetDirectoryName(Path.GetFullPath(location.Path)) is { } folder
            && !Directory.Exists(folder))
        {
            throw new BillingException($"The SQLite database {location.Shown} cannot be opened: there is no folder '{folder}'. Create the folder, or correct the path.");
        }

        // An in-memory database is shared by name only among connections that name it with a URI.
        string name = location.SharedCache ? "file:" + Uri.EscapeDataString(location.Path)
            : location.IsImmutable ? "file:" + Uri.EscapeDataString(Path.GetFullPath(location.Path)) + "?immutable=1"
            : location.Path;
        int code = raw.sqlite3_open_v2(name, out sqlite3 db, Flags(location, create), null);
        if (code != raw.SQLITE_OK)
        {
            using (db)
            {
                throw SqliteErrors.Of(code, raw.sqlite3_errstr(code).utf8_to_string(), location.Shown, options.BusyTimeout);
            }
        }

        SqliteSession session = new(db, location, options);
        try
        {
            raw.sqlite3_extended_result_codes(db, 1);
            session.LetSqliteWait(options.BusyTimeout);
            session.Execute("PRAGMA foreign_keys=ON");
            session.Execute("PRAGMA synchronous=FULL");
            session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA cache_size=-{options.CacheMebibytes * 1024}"));
            session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA wal_autocheckpoint={CheckpointPages}"));
            if (options.MostPages > 0)
            {
                session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count={options.MostPages}"));
            }

            SqliteFunctions.Register(db);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>The location that the connection is open to.</summary>
    public SqliteLocation Location { get; }

    /// <summary>Whether a transaction is open.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(_db) == 0;

    /// <summary>The number of rows that the last insert, update or delete changed.</summary>
    public int Changes => raw.sqlite3_changes(_db);

    /// <summary>The id of the row of the last insert.</summary>
    public long LastId => raw.sqlite3_last_insert_rowid(_db);

    /// <summary>The maximum size of a value or a row, in bytes.</summary>
    public int MaxBytes
    {
        get => raw.sqlite3_limit(_db, raw.SQLITE_LIMIT_LENGTH, -1);
        set => raw.sqlite3_limit(_db, raw.SQLITE_LIMIT_LENGTH, value);
    }

    /// <summary>Whether triggers fire. Statements are prepared again after a change.</summary>
    /// <exception cref="BillingException">SQLite failed.</exception>
    public bool TriggersFire
    {
        set
        {
            int code = raw.sqlite3_db_config(_db, raw.SQLITE_DBCONFIG_ENABLE_TRIGGER, value ? 1 : 0, out _);
            if (code != raw.SQLITE_OK)
            {
                throw Error(code);
            }
        }
    }

    /// <summary>Writes records in this session's transactions, with statements that stay prepared.</summary>
    public RecordWriter Writer => _writer ??= new RecordWriter(this, _mostUnsorted);

    /// <summary>Returns the exception for a code that SQLite just returned.</summary>
    public BillingException Error(int code) => SqliteErrors.Of(code, raw.sqlite3_errmsg(_db).utf8_to_string(), _database, _busyTimeout);

    /// <summary>Runs statements that return no rows.</summary>
    /// <exception cref="BillingException">SQLite failed.</exception>
    public void Execute(string sql)
    {
        int code = raw.sqlite3_exec(_db, sql);
        if (code != raw.SQLITE_OK)
        {
            throw Error(code);
        }
    }

    /// <summary>Prepares a statement; the caller disposes it.</summary>
    /// <exception cref="BillingException">SQLite failed.</exception>
    public SqliteStatement Prepare(string sql)
    {
        int code = raw.sqlite3_prepare_v3(_db, sql, raw.SQLITE_PREPARE_PERSISTENT, out sqlite3_stmt statement);
        return code == raw.SQLITE_OK ? new SqliteStatement(this, statement) : throw Error(code);
    }

    /// <summary>Returns the first column of the first row, as text.</summary>
    public string? Scalar(string sql)
    {
        using SqliteStatement statement = Prepare(sql);
        return statement.Step() ? statement.TextOrNull(0) : null;
    }

    /// <summary>Returns the first column of the first row, as a number.</summary>
    public long ScalarInt64(string sql)
    {
        using SqliteStatement statement = Prepare(sql);
        return statement.Step() ? statement.Int64(0) : 0;
    }

    /// <summary>Runs statements that must wait for other writers, for up to the busy timeout. Reacts to cancellation meanwhile.</summary>
    /// <exception cref="BillingException">Another writer was busy for too long, or SQLite failed.</exception>
    public void ExecuteWaiting(string sql, CancellationToken cancellationToken)
    {
        // SQLite does not react to cancellation while it waits; and if two connections wait for each other, it does not wait at all.
        LetSqliteWait(TimeSpan.Zero);
        try
        {
            TimeSpan pause = TimeSpan.FromMilliseconds(1);
            for (TimeSpan waited = TimeSpan.Zero; ; waited += pause)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int code = raw.sqlite3_exec(_db, sql);
                if (code == raw.SQLITE_OK)
                {
                    return;
                }

                if (!SqliteErrors.IsBusy(code) || waited >= _busyTimeout)
                {
                    throw Error(code);
                }

                pause = waited < s_longestPause ? pause : s_longestPause;
                cancellationToken.WaitHandle.WaitOne(pause);
            }
        }
        finally
        {
            LetSqliteWait(_busyTimeout);
        }
    }

    /// <inheritdoc/>
    public override ValueTask<int> ExecuteAsync(string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using SqliteStatement statement = Prepare(sql);
        statement.BindNamed(values);
        statement.Run();
        return ValueTask.FromResult(Changes);
    }

    /// <inheritdoc/>
    public override IAsyncEnumerable<SqlRow> ReadAsync(string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        SqliteStatement statement = Prepare(sql);
        statement.BindNamed(values);
        return new SqliteRows(statement, cancellationToken);
    }

    /// <inheritdoc/>
    public override ValueTask InsertAsync(SqlTable table, IReadOnlyList<object?[]> rows, string onConflict, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return ValueTask.CompletedTask;
        }

        // One statement, prepared once: that is as fast as many rows in a statement, and has no limit of parameters.
        string columns = string.Join(", ", table.Columns.Take(rows[0].Length).Select(column => column.Name));
        using SqliteStatement insert = Prepare($"INSERT INTO {table.Sql} ({columns}) VALUES ({string.Join(", ", Enumerable.Repeat('?', rows[0].Length))}){onConflict}");
        foreach (object?[] row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int i = 0; i < row.Length; i++)
            {
                insert.Bind(i + 1, row[i]);
            }

            insert.Run();
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Does work that SQLite stops with <c>SQLITE_INTERRUPT</c> when the token is cancelled.</summary>
    public async ValueTask<T> InterruptibleAsync<T>(Func<SqlSession, CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled)
        {
            return await work(this, cancellationToken).ConfigureAwait(false);
        }

        // A call of sqlite3_interrupt just before a statement starts would have no effect.
        raw.sqlite3_progress_handler(_db, InstructionsBetweenLooksAtCancellation, static token => ((CancellationToken)token).IsCancellationRequested ? 1 : 0, cancellationToken);
        try
        {
            return await work(this, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            raw.sqlite3_progress_handler(_db, 0, null, null);
        }
    }

    /// <summary>Rolls back what was not committed, and forgets what it added.</summary>
    public void Undo()
    {
        _writer?.Forget();
        if (InTransaction)
        {
            Execute("ROLLBACK");
        }
    }

    public void Dispose()
    {
        _writer?.Dispose();
        _db.Dispose();
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void LetSqliteWait(TimeSpan time) => raw.sqlite3_busy_timeout(_db, (int)time.TotalMilliseconds);

    private static int Flags(SqliteLocation location, bool create)
    {
        // A session is used by one call at a time; SQLite's own lock around every call would cost a tenth of an import.
        int flags = raw.SQLITE_OPEN_NOMUTEX;
        if (location.InMemory)
        {
            return flags | raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_MEMORY
                | (location.SharedCache ? raw.SQLITE_OPEN_SHAREDCACHE | raw.SQLITE_OPEN_URI : raw.SQLITE_OPEN_PRIVATECACHE);
        }

        flags |= raw.SQLITE_OPEN_PRIVATECACHE;
        return location.Mode switch
        {
            SqliteOpenMode.ReadOnly => flags | raw.SQLITE_OPEN_READONLY | (location.IsImmutable ? raw.SQLITE_OPEN_URI : 0),
            SqliteOpenMode.ReadWriteCreate when create => flags | raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE,
            _ => flags | raw.SQLITE_OPEN_READWRITE,
        };
    }
}
