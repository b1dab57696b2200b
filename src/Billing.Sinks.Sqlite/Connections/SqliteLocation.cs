using Microsoft.Data.Sqlite;

namespace Billing.Sinks.Sqlite.Connections;

/// <summary>What a connection string says, checked.</summary>
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

    /// <summary>Whether the database is in memory: then it lives as long as its one connection.</summary>
    public bool InMemory { get; }

    /// <summary>Whether other connections of the process see the same database in memory.</summary>
    public bool SharedCache { get; }

    /// <summary>How the file is opened.</summary>
    public SqliteOpenMode Mode { get; }

    /// <summary>Whether SQLite is told that nobody writes to the file, so that it needs no files beside it.</summary>
    public bool IsImmutable { get; private init; }

    /// <summary>Whether what was written lately stands in a file beside it: somebody writes, or was killed while writing.</summary>
    public bool HasLog => !InMemory && new FileInfo(Path + "-wal") is { Exists: true, Length: > 0 };

    /// <summary>What of the file changes with its content, where SQLite itself does not look.</summary>
    public (DateTime WrittenAt, long Length) Stamp => IsImmutable && new FileInfo(Path) is { Exists: true } file ? (file.LastWriteTimeUtc, file.Length) : default;

    /// <summary>The same file, read as one that nobody writes to.</summary>
    public SqliteLocation ToImmutable() => new(Path, InMemory, SharedCache, SqliteOpenMode.ReadOnly) { IsImmutable = true };

    /// <summary>What errors call the database.</summary>
    public string Shown => InMemory ? $"'{Path}' (in memory)" : $"'{Path}'";

    /// <summary>Reads a connection string of Microsoft.Data.Sqlite.</summary>
    /// <exception cref="BillingConfigurationException">It is malformed, or asks for what this package cannot do.</exception>
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

        // The bundled SQLite would accept a password and encrypt nothing.
        if (!string.IsNullOrEmpty(settings.Password))
        {
            throw new BillingConfigurationException("The SQLite connection string has a password, but the bundled SQLite cannot encrypt. Remove the password and protect the file by the file system.");
        }

        if (path.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            throw new BillingConfigurationException("The SQLite connection string names a URI. Use the path of the file, and Mode= and Cache= for what the URI asks.");
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
