using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Billing.Sinks.Sqlite;

/// <summary>Opens the file of a ledger: with its settings, its schema and its functions, or not at all.</summary>
internal sealed class SqliteDatabase
{
    // A larger log between checkpoints: pages of the key index are rewritten often, and copied back once.
    private const int CheckpointPages = 16_384;

    private readonly string _connectionString;
    private readonly SqliteSinkOptions _options;
    private readonly Lock _lock = new();
    private bool _ready;

    static SqliteDatabase() => Batteries_V2.Init();

    public SqliteDatabase(string connectionString, SqliteSinkOptions options)
    {
        options.Validate();
        SqliteConnectionStringBuilder builder;
        try
        {
            builder = new SqliteConnectionStringBuilder(connectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new BillingConfigurationException($"The SQLite connection string is wrong: {e.Message} Use, for example, Data Source=billing.db.", e);
        }

        if (string.IsNullOrWhiteSpace(builder.DataSource) || builder.DataSource == ":memory:" || builder.Mode == SqliteOpenMode.Memory)
        {
            throw new BillingConfigurationException("The SQLite ledger needs a file: Data Source=billing.db. For a ledger in memory use MemorySink.");
        }

        builder.Mode = builder.Mode == SqliteOpenMode.ReadOnly || options.CreateSchema ? builder.Mode : SqliteOpenMode.ReadWrite;
        File = builder.DataSource;
        _options = options;
        _connectionString = builder.ToString();
    }

    /// <summary>The path as it was given.</summary>
    public string File { get; }

    /// <summary>Opens a connection; the first one of this object creates or migrates the schema.</summary>
    /// <exception cref="BillingException">The file cannot be opened, is no ledger, or is newer than this package.</exception>
    public SqliteConnection Open()
    {
        string? folder = Path.GetDirectoryName(Path.GetFullPath(File));
        if (folder is not null && !Directory.Exists(folder))
        {
            throw new BillingException($"The ledger {File} cannot be created: there is no folder {folder}. Create it, or correct the path.");
        }

        SqliteConnection connection = new(_connectionString);
        try
        {
            connection.Open();
            Prepare(connection);
            return connection;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw Explain(new SqliteFault(e.SqliteExtendedErrorCode, e.Message));
        }
        catch (SqliteFault e)
        {
            connection.Dispose();
            throw Explain(e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Closes the files of connections that wait to be used again.</summary>
    public void ClearPool()
    {
        using SqliteConnection connection = new(_connectionString);
        SqliteConnection.ClearPool(connection);
    }

    /// <summary>Says an error of SQLite with the file and the remedy.</summary>
    public BillingException Explain(SqliteFault fault)
    {
        string remedy = fault.PrimaryCode switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => $"another process has been writing for longer than {_options.BusyTimeout}. Wait for it to end, or raise BusyTimeout; running again is safe",
            raw.SQLITE_FULL => "the disk is full. Make room; running again is safe",
            raw.SQLITE_READONLY or raw.SQLITE_PERM => "the file or its folder is read-only. Allow writing, or choose another path",
            raw.SQLITE_CANTOPEN => "the file cannot be opened. Check the path and the permissions of the folder",
            raw.SQLITE_NOTADB => "the file is no SQLite database. Choose another path",
            raw.SQLITE_CORRUPT => "the file is damaged. Restore it from a backup and ingest again what came later",
            _ => "see the inner exception",
        };
        return new BillingException($"The ledger {File}: {remedy} (SQLite {fault.Code}: {fault.Message}).", fault);
    }

    private void Prepare(SqliteConnection connection)
    {
        sqlite3 handle = connection.Handle!;
        // SQLite waits, so that writers of other processes queue.
        _ = raw.sqlite3_busy_timeout(handle, (int)_options.BusyTimeout.TotalMilliseconds);
        lock (_lock)
        {
            if (!_ready)
            {
                Schema.Ensure(handle, File, _options.CreateSchema);
                _ready = true;
            }
        }

        Execute(handle, "PRAGMA synchronous = FULL");
        Execute(handle, "PRAGMA foreign_keys = ON");
        Execute(handle, $"PRAGMA cache_size = -{_options.CacheMebibytes * 1024}");
        Execute(handle, $"PRAGMA wal_autocheckpoint = {CheckpointPages}");
        connection.CreateAggregate("exact_sum", ExactSum.Zero, (ExactSum sum, string amount) => sum + ExactSum.Parse(amount), sum => sum.ToString());
    }

    /// <summary>Runs one statement that gives nothing.</summary>
    public static void Execute(sqlite3 handle, string sql)
    {
        using SqliteStatement statement = new(handle, sql);
        statement.Run();
    }
}
