using Microsoft.Data.Sqlite;

namespace Billing.Sinks.Sqlite.Tests.Stores;

/// <summary>A SQLite file in a folder of its own.</summary>
public class SqliteFileStore : IStoreUnderTest, IReceiptsUnderTest
{
    private readonly List<SqliteSink> _sinks = [];

    public string Folder { get; } = Some.Folder();

    public string File => Path.Combine(Folder, "billing.db");

    public string ConnectionString => $"Data Source={File}";

    public virtual IBillingStore Connect() => Open();

    public IReceiptStore ConnectReceipts() => Open();

    public SqliteSink Open(SqliteSinkOptions? options = null)
    {
        SqliteSink sink = new(ConnectionString, options);
        _sinks.Add(sink);
        return sink;
    }

    public ValueTask<bool> RemoveAsync(RecordKey key) => ValueTask.FromResult(Scalar($"DELETE FROM records WHERE key = x'{key}'; SELECT 1") == "1");

    /// <summary>What another program sees in the file: the first column of the first row, as text.</summary>
    public string? Scalar(string sql)
    {
        using SqliteConnection connection = new(ConnectionString + ";Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (SqliteSink sink in _sinks)
        {
            await sink.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }
}
