namespace Billing.Sinks.Sqlite.Tests.Stores;

/// <summary>A SQLite database in memory.</summary>
public sealed class SqliteMemoryStore : IStoreUnderTest, IReceiptsUnderTest
{
    private readonly SqliteSink _sink = new("Data Source=:memory:");

    public IBillingStore Connect() => _sink;

    public IReceiptStore ConnectReceipts() => _sink;

    public ValueTask DisposeAsync() => _sink.DisposeAsync();
}
