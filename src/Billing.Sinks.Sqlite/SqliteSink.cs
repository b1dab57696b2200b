using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Billing.Sinks.Sqlite;

/// <summary>
/// A ledger in one SQLite file: records, runs and quarantine. Writes are one transaction per call, durable when they return
/// (write-ahead log, synchronous full); several processes may write to one file at once, and queue.
/// </summary>
/// <remarks>SQLite has no asynchronous calls: the methods run on the caller's thread and return completed.</remarks>
public sealed class SqliteSink : IBillingSink, IBillingStore, IAsyncDisposable
{
    private readonly SqliteDatabase _database;
    private readonly SemaphoreSlim _writing = new(1);
    private SqliteConnection? _connection;
    private RecordWriter? _writer;
    private bool _disposed;

    /// <summary>A ledger for a connection string of Microsoft.Data.Sqlite, such as <c>Data Source=billing.db</c>. The file is opened at the first use.</summary>
    /// <exception cref="BillingConfigurationException">The connection string or an option is wrong.</exception>
    public SqliteSink(string connectionString, SqliteSinkOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        _database = new SqliteDatabase(connectionString, options ?? new SqliteSinkOptions());
    }

    /// <summary><c>sqlite:</c> and the path.</summary>
    public string Name => "sqlite:" + _database.File;

    /// <inheritdoc/>
    /// <exception cref="BillingException">The file cannot be written; nothing of the call was stored. The message names the file and the remedy.</exception>
    public ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        return WriteAsync<IReadOnlyList<WriteOutcome>>(
            writer =>
            {
                // In the order of their keys neighbours share pages of the index. Equal keys stay in the order of the call.
                int[] order = [.. Enumerable.Range(0, records.Count)];
                Array.Sort(order, (left, right) => records[left].Key.CompareTo(records[right].Key) is var byKey and not 0 ? byKey : left.CompareTo(right));
                WriteOutcome[] outcomes = new WriteOutcome[records.Count];
                foreach (int index in order)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    outcomes[index] = writer.Write(records[index]);
                }

                return outcomes;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync(IReadOnlyList{BillingRecord}, CancellationToken)"/>.</exception>
    public async ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        _ = await WriteAsync(_ => { QuarantineTable.Write(Handle, records, cancellationToken); return true; }, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync(IReadOnlyList{BillingRecord}, CancellationToken)"/>.</exception>
    public async ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        _ = await WriteAsync(_ => { RunTable.Write(Handle, run); return true; }, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask ResolveQuarantineAsync(IReadOnlyList<RecordKey> keys, string runId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentException.ThrowIfNullOrWhiteSpace(runId);
        _ = await WriteAsync(_ => { QuarantineTable.Resolve(Handle, keys, runId, cancellationToken); return true; }, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<BillingRecord?> FindAsync(RecordKey key, CancellationToken cancellationToken) =>
        Read(database => RecordPages.Find(database, key), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Page<BillingRecord>> QueryAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Read(database => RecordPages.Query(database, query, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SummaryRow>> SummarizeAsync(SummaryBy by, RecordQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Read(database => RecordPages.Summarize(database, by, query, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<Page<IngestReport>> GetRunsAsync(PageRequest page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(page);
        return Read(database => RunTable.List(database, page, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<Page<QuarantinedRecord>> GetQuarantineAsync(QuarantineQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Read(database => QuarantineTable.List(database, query, cancellationToken), cancellationToken);
    }

    /// <summary>Closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await _writing.WaitAsync().ConfigureAwait(false);
        if (!_disposed)
        {
            _disposed = true;
            Close();
            _database.ClearPool();
        }

        _writing.Release();
    }

    private sqlite3 Handle => _connection!.Handle!;

    private async ValueTask<T> WriteAsync<T>(Func<RecordWriter, T> write, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return InTransaction(write);
        }
        catch (SqliteFault fault)
        {
            throw _database.Explain(fault);
        }
        finally
        {
            _writing.Release();
        }
    }

    private T InTransaction<T>(Func<RecordWriter, T> write)
    {
        _connection ??= _database.Open();
        _writer ??= new RecordWriter(Handle);
        // Immediate: two writers that both read first would deadlock.
        SqliteDatabase.Execute(Handle, "BEGIN IMMEDIATE");
        try
        {
            T result = write(_writer);
            SqliteDatabase.Execute(Handle, "COMMIT");
            return result;
        }
        catch
        {
            _writer.RolledBack();
            // Some errors have rolled back already; then there is nothing to roll back.
            if (raw.sqlite3_get_autocommit(Handle) == 0)
            {
                SqliteDatabase.Execute(Handle, "ROLLBACK");
            }

            throw;
        }
    }

    private ValueTask<T> Read<T>(Func<sqlite3, T> read, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        // A connection of its own, from the pool: readers neither wait for the writer nor see half of its transaction.
        using SqliteConnection connection = _database.Open();
        try
        {
            return new(read(connection.Handle!));
        }
        catch (SqliteFault fault)
        {
            throw _database.Explain(fault);
        }
    }

    private void Close()
    {
        _writer?.Dispose();
        _connection?.Dispose();
        _writer = null;
        _connection = null;
    }
}
