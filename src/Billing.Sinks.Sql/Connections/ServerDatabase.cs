using System.Data.Common;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace Billing.Sinks.Sql.Connections;

/// <summary>Opens connections, and repeats calls after transient errors.</summary>
internal sealed class ServerDatabase : SqlDatabase
{
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromMilliseconds(100);

    private readonly DataSourceOpener _opener;
    private readonly SqlEngine _engine;
    private readonly SqlTables _tables;
    private readonly string _name;
    private readonly ILogger _logger;
    private readonly ResiliencePipeline _retry;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private DbDataSource? _source;
    private volatile bool _wasReached;
    private volatile bool _ready;
    private volatile bool _disposed;

    /// <param name="opener">Where connections come from.</param>
    /// <param name="engine">The kind of server.</param>
    /// <param name="tables">The tables.</param>
    /// <param name="name">The name of the database, for error messages.</param>
    /// <param name="time">The clock for pauses.</param>
    /// <param name="logger">The logger for retries.</param>
    public ServerDatabase(DataSourceOpener opener, SqlEngine engine, SqlTables tables, string name, TimeProvider time, ILogger logger)
    {
        _opener = opener;
        _engine = engine;
        _tables = tables;
        _name = name;
        _logger = logger;
        _retry = RetryOf(engine, time, logger);
    }

    /// <summary>Works on a connection, and repeats the work after transient errors.</summary>
    /// <exception cref="BillingException">The database failed. The message says how, and what to do.</exception>
    public override async ValueTask<T> ReadAsync<T>(Func<SqlSession, CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken) =>
        await RunAsync(work, null, cancellationToken).ConfigureAwait(false);

    /// <summary>Works in one transaction, and repeats the work after transient errors. When this returns, the work is durable.</summary>
    /// <param name="work">The work. Its argument says whether an earlier attempt may have been committed although no answer came.</param>
    /// <param name="cancellationToken">Cancels the call, up to the commit.</param>
    /// <exception cref="BillingException">The database failed. The message says how, and what to do.</exception>
    public override async ValueTask<T> WriteAsync<T>(Func<SqlSession, bool, CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        CommitState commit = new();
        return await RunAsync((session, token) => work(session, commit.MayBeDone, token), commit, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        _disposed = true;
        _turn.Dispose();
        return _opener.Owns && _source is not null ? _source.DisposeAsync() : ValueTask.CompletedTask;
    }

    private static ResiliencePipeline RetryOf(SqlEngine engine, TimeProvider time, ILogger logger)
    {
        if (engine.Options.MaxAttempts == 1)
        {
            return ResiliencePipeline.Empty;
        }

        return new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Exception is PassingException),
                MaxRetryAttempts = engine.Options.MaxAttempts - 1,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = s_firstDelay < engine.Options.MaxRetryDelay ? s_firstDelay : engine.Options.MaxRetryDelay,
                MaxDelay = engine.Options.MaxRetryDelay,
                OnRetry = arguments =>
                {
                    PassingException passing = (PassingException)arguments.Outcome.Exception!;
                    Log.Retrying(logger, passing.Reason, engine.CodeOf(passing.Cause), arguments.AttemptNumber + 2, arguments.RetryDelay);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    private async ValueTask<T> RunAsync<T>(Func<SqlSession, CancellationToken, ValueTask<T>> work, CommitState? commit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_disposed, typeof(SqlStore));
        int attempts = 0;
        try
        {
            return await _retry.ExecuteAsync(
                async token =>
                {
                    attempts++;
                    return await AttemptAsync(work, commit, token).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (PassingException e)
        {
            throw _engine.Of(e.Cause, _name, attempts);
        }
        catch (Exception e) when (_engine.IsDatabase(e))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw _engine.Of(e, _name, attempts);
        }
    }

    private async ValueTask<T> AttemptAsync<T>(Func<SqlSession, CancellationToken, ValueTask<T>> work, CommitState? commit, CancellationToken cancellationToken)
    {
        ServerSession? session = null;
        try
        {
            session = await StartAsync(cancellationToken).ConfigureAwait(false);
            if (commit is null)
            {
                return await work(session, cancellationToken).ConfigureAwait(false);
            }

            await session.BeginAsync(cancellationToken).ConfigureAwait(false);
            T result = await work(session, cancellationToken).ConfigureAwait(false);
            commit.Begins();
            await session.CommitAsync().ConfigureAwait(false);
            return result;
        }
        catch (Exception e) when (e is not OperationCanceledException and not BillingException && ReasonToRetry(e, session) is not null)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new PassingException(ReasonToRetry(e, session)!, e);
        }
        finally
        {
            if (session is not null)
            {
                await CloseAsync(session).ConfigureAwait(false);
            }
        }
    }

    // A server that never answered is reported at once: most likely its address is wrong. A server that answered before may come back.
    private string? ReasonToRetry(Exception exception, ServerSession? session) =>
        !_wasReached && _engine.IsUnreachable(exception) ? null
        : _engine.ReasonToRetry(exception)
        // The driver has many messages for a broken connection. What they have in common is that it is no longer open.
        ?? (_engine.IsDatabase(exception) && _engine.CodeOf(exception) is null && session is { IsOpen: false } ? "the connection was lost" : null);

    // A rollback fails if the connection is lost; the server then undoes the work itself.
    private async ValueTask CloseAsync(ServerSession session)
    {
        try
        {
            await session.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (_engine.IsDatabase(e) || !session.IsOpen)
        {
        }
    }

    private async ValueTask<ServerSession> StartAsync(CancellationToken cancellationToken)
    {
        DbConnection connection = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ServerSession session = await _engine.StartAsync(connection, cancellationToken).ConfigureAwait(false);
            if (!_ready)
            {
                await _tables.PrepareAsync(session, _engine.Options.CreateTables, cancellationToken).ConfigureAwait(false);
                _ready = true;
            }

            return session;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask<DbConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        DbDataSource source = await SourceAsync(null, cancellationToken).ConfigureAwait(false);
        try
        {
            return await OpenAsync(source).ConfigureAwait(false);
        }
        catch (Exception e) when (_engine.IsAccessDenied(e))
        {
            DbDataSource renewed = await SourceAsync(source, cancellationToken).ConfigureAwait(false);
            if (ReferenceEquals(renewed, source))
            {
                throw;
            }

            return await OpenAsync(renewed).ConfigureAwait(false);
        }

        async ValueTask<DbConnection> OpenAsync(DbDataSource from)
        {
            DbConnection connection = await from.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            _wasReached = true;
            return connection;
        }
    }

    /// <summary>Returns the data source, or another one if the server denied access to <paramref name="denied"/>.</summary>
    private async ValueTask<DbDataSource> SourceAsync(DbDataSource? denied, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_source is null)
            {
                await OpenAsync().ConfigureAwait(false);
            }
            else if (ReferenceEquals(_source, denied))
            {
                Log.ReadingCredentialsAgain(_logger);
                await OpenAsync().ConfigureAwait(false);
                if (_opener.Owns && !ReferenceEquals(_source, denied))
                {
                    // Its open connections stay open until they are returned.
                    await denied.DisposeAsync().ConfigureAwait(false);
                }
            }

            return _source!;
        }
        finally
        {
            _turn.Release();
        }

        async ValueTask OpenAsync()
        {
            _source = await _opener.OpenAsync(cancellationToken).ConfigureAwait(false);
            _engine.Opened(_source);
        }
    }

    /// <summary>Whether a commit has been sent.</summary>
    private sealed class CommitState
    {
        public bool MayBeDone { get; private set; }

        public void Begins() => MayBeDone = true;
    }
}
