using System.Data.Common;
using System.Globalization;

namespace Billing.Lambda.Tests;

/// <summary>Holds up whoever inserts a certain line into <c>billing_records</c>, so that a test knows where its work stands, on however fast a machine.</summary>
internal sealed class PausedInsert : IDisposable
{
    private readonly DbConnection _connection;
    private readonly string _lock;

    private PausedInsert(DbConnection connection, string @lock) => (_connection, _lock) = (connection, @lock);

    /// <summary>Sets it up, in a database whose tables are there.</summary>
    public static PausedInsert At(string database, int line)
    {
        DbConnection connection = SharedMySql.Instance.Open(database);
        PausedInsert paused = new(connection, database + "-pause");
        paused.Execute($"SELECT GET_LOCK('{paused._lock}', 10)");
        paused.Execute(string.Create(
            CultureInfo.InvariantCulture,
            $"CREATE TRIGGER pause BEFORE INSERT ON billing_records FOR EACH ROW BEGIN DECLARE pause INT; IF NEW.line = {line} THEN SET pause = GET_LOCK('{paused._lock}', 600) + RELEASE_LOCK('{paused._lock}'); END IF; END"));
        return paused;
    }

    /// <summary>Waits until somebody is held up.</summary>
    public async Task ReachedAsync(CancellationToken cancellationToken)
    {
        while (SharedMySql.Instance.Scalar($"SELECT COUNT(*) FROM information_schema.processlist WHERE state = 'User lock' AND db = '{_connection.Database}'") == "0")
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), cancellationToken);
        }
    }

    /// <summary>Lets everybody pass, now and from now on.</summary>
    public void Dispose()
    {
        Execute($"SELECT RELEASE_LOCK('{_lock}')");
        Execute("DROP TRIGGER pause");
        _connection.Dispose();
    }

    private void Execute(string sql)
    {
        using DbCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
