using Npgsql;

namespace Billing.Sinks.Postgres.Tests.Stores;

/// <summary>A database of its own on the shared server, which an ordinary user fills.</summary>
public class PostgresStore : IStoreUnderTest, IReceiptsUnderTest
{
    private readonly Lazy<NpgsqlDataSource> _source;

    public PostgresStore() => _source = new(() => NpgsqlDataSource.Create(SharedPostgres.Instance.ConnectionString(Database)));

    /// <summary>The name of the database.</summary>
    public string Database { get; } = SharedPostgres.NewDatabase();

    /// <summary>A data source for the database's own user.</summary>
    public NpgsqlDataSource Source => _source.Value;

    public IBillingStore Connect() => Open();

    public IReceiptStore ConnectReceipts() => Open();

    public PostgresSink Open(Action<PostgresSinkOptions>? configure = null)
    {
        PostgresSinkOptions options = new() { CreateTables = true, MaxRetryDelay = TimeSpan.FromMilliseconds(200), MaxAttempts = 30 };
        configure?.Invoke(options);
        return new PostgresSink(Source, options);
    }

    /// <summary>What another program sees in the database: the first column of the first row, as text.</summary>
    public string? Scalar(string sql) => SharedPostgres.Instance.Scalar(sql, Database);

    /// <summary>Runs a statement as another program.</summary>
    public void Execute(string sql) => SharedPostgres.Instance.Execute(sql, Database);

    public ValueTask<bool> RemoveAsync(RecordKey key)
    {
        Execute($"DELETE FROM billing_records WHERE key_hash = '\\x{key}'");
        return ValueTask.FromResult(true);
    }

    public async ValueTask DisposeAsync()
    {
        // A server has room for so many connections, and each database has a pool.
        if (_source.IsValueCreated)
        {
            await _source.Value.DisposeAsync();
        }

        SharedPostgres.Instance.Execute($"DROP DATABASE {Database} WITH (FORCE)");
        GC.SuppressFinalize(this);
    }
}
