using Billing.Sinks.Sqlite;

namespace Billing.Console.Stores;

/// <summary>One SQLite file.</summary>
internal sealed class SqliteStore(string path) : IStore
{
    public string Address => "sqlite:" + path;

    public bool Exists => File.Exists(path);

    public bool IsKept => true;

    public void AddTo(BillingBuilder billing) => billing.AddSqliteSink(ConnectionString);

    public IBillingStore Open() => new SqliteSink(ConnectionString);

    // In quotes a path may hold any character.
    private string ConnectionString => $"Data Source=\"{path.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
