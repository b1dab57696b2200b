using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Billing.Sinks.Sqlite.Connections;

/// <summary>
/// The file and its connections: one writer, which is kept with its prepared statements and used by one call at a time, and as many readers
/// as there are concurrent reads. A database in memory has only one connection.
/// </summary>
internal sealed class SqliteDatabase(SqliteLocation location, SqliteSinkOptions options, IReadOnlyList<string> scripts) : SqlDatabase
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private readonly SqliteLocation _stated = location;
    private SqliteLocation _location = location;
    private SqliteSession? _session;
    private volatile bool _ready;
    private volatile bool _disposed;

    /// <summary>Whether nothing is there yet, and the first use would create it.</summary>
    public bool IsMissing => options.CreateTables && !_ready && _stated.IsMissing;

    /// <inheritdoc/>
    public override async ValueTask<T> WriteAsync<T>(Func<SqlSession, bool, CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Trust(_stated);
            SqliteSession session = Open(cancellationToken);
            session.ExecuteWaiting("BEGIN IMMEDIATE", cancellationToken);
            bool committed = false;
            try
            {
                T result = await work(session, false, cancellationToken).ConfigureAwait(false);

                // It is now too late to cancel: the commit may be durable when its answer comes.
                session.ExecuteWaiting("COMMIT", CancellationToken.None);
                committed = true;
                return result;
            }
            finally
            {
                if (!committed)
                {
                    Undo(session);
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    /// <remarks>Beside any writer.</remarks>
    public override async ValueTask<T> ReadAsync<T>(Func<SqlSession, CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_location.InMemory || !_ready || (_location.IsImmutable && _location.HasLog))
        {
            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                SqliteSession session = OpenForReading(cancellationToken);
                if (_location.InMemory)
                {
                    return await ReadAsync(session, work, cancellationToken).ConfigureAwait(false);
                }
            }
            finally
            {
                _turn.Release();
            }
        }

        ObjectDisposedException.ThrowIf(_disposed, typeof(SqliteSink));
        SqliteSession reader = _readers.TryTake(out SqliteSession? kept) ? kept : SqliteSession.Open(_location, create: false, options);
        (DateTime, long) stamp = reader.Location.Stamp;
        bool done = false;
        try
        {
            // One snapshot: between two statements, a writer may move what the first did not find to where the second no longer looks.
            reader.Execute("BEGIN");
            T result = await ReadAsync(reader, work, cancellationToken).ConfigureAwait(false);
            reader.Execute("COMMIT");
            if (reader.Location.Stamp != stamp)
            {
                throw new BillingException($"The SQLite database {reader.Location.Shown} was changed by another program while it was read. Read it again.");
            }

            done = true;
            return result;
        }
        finally
        {
            Return(reader, done);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            _disposed = true;
            CloseReaders();
            CloseWriter();
        }
        finally
        {
            _turn.Release();
        }
    }

    private static async ValueTask<T> ReadAsync<T>(SqliteSession session, Func<SqlSession, CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await session.InterruptibleAsync(work, cancellationToken).ConfigureAwait(false);
        }
        catch (BillingException e) when (cancellationToken.IsCancellationRequested && e.InnerException is SqliteException { SqliteErrorCode: raw.SQLITE_INTERRUPT })
        {
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
    }

    // In turn.
    private SqliteSession Open(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(SqliteSink));
        if (_session is not null)
        {
            return _session;
        }

        SqliteSession session = SqliteSession.Open(_location, options.CreateTables, options);
        try
        {
            if (!_ready)
            {
                Prepare(session, cancellationToken);
                _ready = true;
            }

            return _session = session;
        }
        finally
        {
            if (_session is null)
            {
                session.Dispose();
            }
        }
    }

    // A file with a write-ahead log needs files beside it, which a program without write access cannot create. If there is no log, nothing is missed without them.
    private SqliteSession OpenForReading(CancellationToken cancellationToken)
    {
        Trust(_location.HasLog ? _stated : _location);
        try
        {
            return Open(cancellationToken);
        }
        catch (BillingException e) when (!_location.InMemory && !_location.IsImmutable && !_location.HasLog
            && e.InnerException is SqliteException { SqliteErrorCode: raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY or raw.SQLITE_PERM })
        {
            Trust(_stated.ToImmutable());
            try
            {
                return Open(cancellationToken);
            }
            catch (BillingException)
            {
                Trust(_stated);
                throw e;
            }
        }
    }

    // One call at a time: from here on, connections use the new location.
    private void Trust(SqliteLocation now)
    {
        if (now != _location)
        {
            CloseReaders();
            CloseWriter();
            _location = now;
            _ready = false;
        }
    }

    private void Prepare(SqliteSession session, CancellationToken cancellationToken)
    {
        if (!SqliteSchema.IsOutdated(session, _location, scripts))
        {
            return;
        }

        if (!options.CreateTables || (_location.Mode == SqliteOpenMode.ReadOnly && !_location.InMemory))
        {
            if (SqliteSchema.HasTables(session, scripts))
            {
                return;
            }

            throw new BillingException(
                $"The SQLite database {_location.Shown} has no tables of this version, and the options do not allow creating them. Open it once with {nameof(SqliteSinkOptions)}.{nameof(SqliteSinkOptions.CreateTables)} set and without Mode=ReadOnly.");
        }

        SqliteSchema.Migrate(session, _location, scripts, cancellationToken);
    }

    private void Return(SqliteSession reader, bool sound)
    {
        // SQLite does not look for changes in an immutable file, so what it has cached is valid for one call only.
        if (!sound || reader.Location != _location || reader.Location.IsImmutable)
        {
            reader.Dispose();
            return;
        }

        _readers.Add(reader);
        if (_disposed)
        {
            CloseReaders();
        }
    }

    // A new connection is the safest way to a known state; a database in memory has no other connection.
    private void Undo(SqliteSession session)
    {
        if (_location.InMemory)
        {
            session.Undo();
        }
        else
        {
            CloseWriter();
        }
    }

    private void CloseWriter()
    {
        _session?.Dispose();
        _session = null;
    }

    private void CloseReaders()
    {
        while (_readers.TryTake(out SqliteSession? reader))
        {
            reader.Dispose();
        }
    }
}
