using Billing.Sinks.Sqlite;

namespace Billing.Console.Stores;

/// <summary>One SQLite file.</summary>
internal sealed class SqliteStore(string path) : IStore
{
    private const int BatchSize = 3_000;
    private const int CacheMebibytes = 4;

    public string Address => "sqlite:" + path;

    public bool Exists => File.Exists(path);

    public bool IsKept => true;

    // Files of any size in less than 200 MB: a file in this process needs no large batches, as a server far away does.
    public void AddTo(BillingBuilder billing) => billing
        .UseBatchSize(BatchSize)
        .AddSqliteSink(ConnectionString, options => options.CacheMebibytes = CacheMebibytes);

    // A command that reads leaves an older schema as it is, and makes no ledger of an empty file.
    public IBillingStore Open() => new SqliteSink(ConnectionString, new SqliteSinkOptions { CreateTables = false });

    // In quotes a path may hold any character.
    private string ConnectionString => $"Data Source=\"{path.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
