namespace Billing.Sinks.Sqlite.Tests.Stores;

/// <summary>A SQLite database in memory.</summary>
public sealed class SqliteMemoryStore : IStoreUnderTest
{
    private readonly SqliteSink _sink = new("Data Source=:memory:");

    public IBillingSink Connect() => _sink;

    public ValueTask DisposeAsync() => _sink.DisposeAsync();
}
