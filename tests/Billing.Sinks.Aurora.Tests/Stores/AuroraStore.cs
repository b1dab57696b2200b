using System.Data.Common;

namespace Billing.Sinks.Aurora.Tests.Stores;

/// <summary>A database of its own on the shared server, to which records go by parameters.</summary>
public class AuroraStore : IStoreUnderTest, IReceiptsUnderTest
{
    /// <summary>The name of the database.</summary>
    public string Database { get; } = SharedMariaDb.NewDatabase();

    /// <summary>A data source for it.</summary>
    public DbDataSource Source => MySqlDriver.Open(SharedMariaDb.Instance.ConnectionString(Database));

    /// <summary>Whether records go by file.</summary>
    protected virtual bool UseLocalInfile => false;

    public IBillingSink Connect() => Open();

    public IReceiptLedger ConnectReceipts() => Open();

    public AuroraSink Open(Action<AuroraSinkOptions>? configure = null)
    {
        AuroraSinkOptions options = new() { CreateSchema = true, UseLocalInfile = UseLocalInfile, FewestRowsForFile = 0, MaxRetryDelay = TimeSpan.FromMilliseconds(200), MaxRetries = 30 };
        configure?.Invoke(options);
        return new AuroraSink(Source, options);
    }

    /// <summary>What another program sees in the database: the first column of the first row, as text.</summary>
    public string? Scalar(string sql) => SharedMariaDb.Instance.Scalar(sql, Database);

    /// <summary>Runs a statement as another program.</summary>
    public void Execute(string sql) => SharedMariaDb.Instance.Execute(sql, Database);

    public ValueTask DisposeAsync()
    {
        // A server has room for so many connections, and each database has a pool.
        MySqlDriver.ClearPools();
        SharedMariaDb.Instance.Execute($"DROP DATABASE {Database}");
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
