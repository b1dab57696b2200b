using MySqlConnector;

namespace Billing.Sinks.Aurora.Tests.Stores;

/// <summary>A database of its own on the shared server, which an ordinary user fills by parameters.</summary>
public class AuroraStore : IStoreUnderTest, IReceiptsUnderTest
{
    private readonly Lazy<MySqlDataSource> _source;

    public AuroraStore() => _source = new(() => new MySqlDataSource(SharedMySql.Instance.ConnectionString(Database)));

    /// <summary>The name of the database.</summary>
    public string Database { get; } = SharedMySql.NewDatabase();

    /// <summary>A data source for the database's own user.</summary>
    public MySqlDataSource Source => _source.Value;

    /// <summary>Whether records go by <c>LOAD DATA</c>.</summary>
    protected virtual bool UseLocalInfile => false;

    public IBillingStore Connect() => Open();

    public IReceiptStore ConnectReceipts() => Open();

    public AuroraSink Open(Action<AuroraSinkOptions>? configure = null)
    {
        AuroraSinkOptions options = new() { CreateTables = true, UseLocalInfile = UseLocalInfile, FewestRowsForBulk = 0, MaxRetryDelay = TimeSpan.FromMilliseconds(200), MaxAttempts = 30 };
        configure?.Invoke(options);
        return new AuroraSink(Source, options);
    }

    /// <summary>What another program sees in the database: the first column of the first row, as text.</summary>
    public string? Scalar(string sql) => SharedMySql.Instance.Scalar(sql, Database);

    /// <summary>Runs a statement as another program.</summary>
    public void Execute(string sql) => SharedMySql.Instance.Execute(sql, Database);

    public ValueTask<bool> RemoveAsync(RecordKey key)
    {
        Execute($"DELETE FROM billing_records WHERE key_hash = x'{key}'");
        return ValueTask.FromResult(true);
    }

    public async ValueTask DisposeAsync()
    {
        // A server has room for so many connections, and each database has a pool.
        if (_source.IsValueCreated)
        {
            await _source.Value.DisposeAsync();
        }

        SharedMySql.Instance.Execute($"DROP DATABASE {Database}");
        GC.SuppressFinalize(this);
    }
}
