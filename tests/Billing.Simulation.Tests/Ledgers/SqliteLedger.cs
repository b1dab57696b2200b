using System.Globalization;
using Billing.Sinks.Sqlite;
using Microsoft.Data.Sqlite;

namespace Billing.Simulation.Tests.Ledgers;

/// <summary>A SQLite file in a folder of its own, and the copies that crashes leave.</summary>
internal sealed class SqliteLedger(TimeProvider time, int mostUnsorted) : ILedger
{
    private static readonly TimeSpan s_occupied = TimeSpan.FromMilliseconds(2);

    // A disk in memory, where there is one: commits mean the same there, and hundreds of schedules do not wait for a disk.
    private const string MemoryDisk = "/dev/shm";

    private readonly string _folder = Directory.Exists(MemoryDisk) ? Directory.CreateDirectory(System.IO.Path.Combine(MemoryDisk, "billing-test-" + Guid.NewGuid().ToString("N"))).FullName : Some.Folder();
    private readonly Dictionary<int, SqliteSink> _open = [];
    private string _name = "billing-0.db";
    private int _copies;
    private string? _copy;
    private long _logLength;

    private string Path => System.IO.Path.Combine(_folder, _name);

    private string Log => Path + "-wal";

    public IMigratableStore Open(int place)
    {
        if (!_open.TryGetValue(place, out SqliteSink? sink))
        {
            SqliteSinkOptions options = new() { CacheMebibytes = 1, MostUnsorted = mostUnsorted };
            _open.Add(place, sink = new SqliteSink($"Data Source={Path}", options, time));
        }

        return sink;
    }

    public async ValueTask RestartAsync()
    {
        foreach (SqliteSink sink in _open.Values)
        {
            await sink.DisposeAsync();
        }

        _open.Clear();
        (_name, _copy) = (_copy ?? _name, null);
    }

    public void Copy(int torn)
    {
        _copy = string.Create(CultureInfo.InvariantCulture, $"billing-{++_copies}.db");
        string to = System.IO.Path.Combine(_folder, _copy);
        if (File.Exists(Path))
        {
            File.Copy(Path, to);
        }

        if (File.Exists(Log))
        {
            File.Copy(Log, to + "-wal");
            Tear(to + "-wal", torn);
        }
    }

    public void NoteLog() => _logLength = File.Exists(Log) ? new FileInfo(Log).Length : 0;

    public void Occupy()
    {
        // Before the tables are there, another program would make this a file of its own.
        if (!File.Exists(Path) || new FileInfo(Path).Length == 0)
        {
            return;
        }

        SqliteConnection other = Connect();
        Run(other, "BEGIN IMMEDIATE");
        _ = Task.Delay(s_occupied).ContinueWith(_ => other.Dispose(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    public bool Remove(RecordKey key) => Change($"DELETE FROM records WHERE key = x'{key}'");

    public bool SetAmount(RecordKey key, string amount) => Change($"UPDATE records SET amount = '{amount}' WHERE key = x'{key}'");

    public string? FindDamage()
    {
        using SqliteConnection connection = Connect();
        using SqliteCommand check = connection.CreateCommand();
        check.CommandText = """
            SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'
            UNION ALL SELECT 'foreign key of ' || "table" FROM pragma_foreign_key_check
            UNION ALL SELECT 'keys in the index: ' || (SELECT count(*) FROM record_keys) || ', sorted: ' || count(*) FROM records WHERE id <= (SELECT through FROM record_order) HAVING count(*) <> (SELECT count(*) FROM record_keys)
            UNION ALL SELECT 'dates in the index: ' || (SELECT count(*) FROM record_dates) || ', sorted: ' || count(*) FROM records WHERE id <= (SELECT through FROM record_order) HAVING count(*) <> (SELECT count(*) FROM record_dates)
            UNION ALL SELECT 'left in writing' FROM record_order WHERE writing <> 0
            """;
        return check.ExecuteScalar() as string;
    }

    public async ValueTask DisposeAsync()
    {
        await RestartAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private void Tear(string log, int torn)
    {
        using FileStream file = new(log, FileMode.Open, FileAccess.Write);
        if (torn < 1000 && file.Length > _logLength)
        {
            file.SetLength(_logLength + ((file.Length - _logLength) * torn / 1000));
        }
    }

    private bool Change(string sql)
    {
        using SqliteConnection connection = Connect();
        Run(connection, sql);
        return true;
    }

    private SqliteConnection Connect()
    {
        SqliteConnection connection = new($"Data Source={Path};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
