namespace Billing.Sinks.Sqlite.Tests.Stores;

/// <summary>A SQLite file whose records are sorted into the tables of keys and dates after nearly every batch.</summary>
public sealed class SqliteSortedStore : SqliteFileStore
{
    public override IBillingStore Connect() => Open(new SqliteSinkOptions { MostUnsorted = 3 });
}
