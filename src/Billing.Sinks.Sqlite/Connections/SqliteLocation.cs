using Microsoft.Data.Sqlite;

namespace Billing.Sinks.Sqlite.Connections;

/// <summary>The validated content of a connection string.</summary>
internal sealed class SqliteLocation
{
    private const string DataDirectory = "|DataDirectory|";
    private const string MemoryPath = ":memory:";

    private SqliteLocation(string path, bool inMemory, bool sharedCache, SqliteOpenMode mode)
    {
        Path = path;
        InMemory = inMemory;
        SharedCache = sharedCache;
        Mode = mode;
    }

    /// <summary>The path of the file, or the name of the database in memory.</summary>
    public string Path { get; }

    /// <summary>Whether the database is in memory. It then lives as long as its one connection.</summary>
    public bool InMemory { get; }

    /// <summary>Whether other connections of the process see the same in-memory database.</summary>
    public bool SharedCache { get; }

    /// <summary>How the file is opened.</summary>
    public SqliteOpenMode Mode { get; }

    /// <summary>Whether SQLite is told that nobody writes to the file, so that it needs no other files beside it.</summary>
    public bool IsImmutable { get; private init; }

    /// <summary>Whether recent writes are in a file beside it: a program is writing, or was killed while writing.</summary>
    public bool HasLog => !InMemory && new FileInfo(Path + "-wal") is { Exists: true, Length: > 0 };

    /// <summary>Whether there is no file, or one without a byte, where one may be created.</summary>
    public bool IsMissing => !InMemory && Mode == SqliteOpenMode.ReadWriteCreate && !HasLog
        && new FileInfo(Path) is { Directory.Exists: true } file && !(file.Exists && file.Length > 0);

    /// <summary>Returns what changes with the content of the file, for cases in which SQLite does not check it.</summary>
    public (DateTime WrittenAt, long Length) Stamp => IsImmutable && new FileInfo(Path) is { Exists: true } file ? (file.LastWriteTimeUtc, file.Length) : default;

    /// <summary>Returns the same file, read as a file that nobody writes to.</summary>
    public SqliteLocation ToImmutable() => new(Path, InMemory, SharedCache, SqliteOpenMode.ReadOnly) { IsImmutable = true };

    /// <summary>The name of the database in error messages.</summary>
    public string Shown => InMemory ? $"'{Path}' (in memory)" : $"'{Path}'";

    /// <summary>Reads a connection string of Microsoft.Data.Sqlite.</summary>
    /// <exception cref="BillingConfigurationException">The connection string is malformed, or asks for what this package cannot do.</exception>
    public static SqliteLocation Parse(string connectionString)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        SqliteConnectionStringBuilder settings;
        try
        {
            settings = new SqliteConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException e)
        {
            throw new BillingConfigurationException($"The SQLite connection string cannot be read: {e.Message} Use one such as 'Data Source=billing.db'.", e);
        }

        string path = settings.DataSource;
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new BillingConfigurationException("The SQLite connection string names no file. Use one such as 'Data Source=billing.db'.");
        }

        // The bundled SQLite would accept a password without encrypting anything.
        if (!string.IsNullOrEmpty(settings.Password))
        {
            throw new BillingConfigurationException("The SQLite connection string has a password, but the bundled SQLite cannot encrypt. Remove the password, and protect the file with the permissions of the file system.");
        }

        if (path.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            throw new BillingConfigurationException("The SQLite connection string contains a URI. Use the path of the file, with Mode= and Cache= in place of the parameters of the URI.");
        }

        if (path.StartsWith(DataDirectory, StringComparison.OrdinalIgnoreCase))
        {
            string folder = AppContext.GetData("DataDirectory") as string ?? AppContext.BaseDirectory;
            path = System.IO.Path.Combine(folder, path[DataDirectory.Length..].TrimStart('/', '\\'));
        }

        bool inMemory = path == MemoryPath || settings.Mode == SqliteOpenMode.Memory;
        return new SqliteLocation(path, inMemory, inMemory && path != MemoryPath && settings.Cache == SqliteCacheMode.Shared, settings.Mode);
    }
}
