using Microsoft.Extensions.Logging;
using MySqlConnector;
using Polly;
using Polly.Retry;

namespace Billing.Sinks.Aurora;

/// <summary>Opens connections, and tries calls again after errors that may pass.</summary>
internal sealed class AuroraDatabase : IAsyncDisposable
{
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromMilliseconds(100);

    private readonly Func<CancellationToken, ValueTask<MySqlDataSource>> _open;
    private readonly bool _owns;
    private readonly AuroraSinkOptions _options;
    private readonly AuroraTables _tables;
    private readonly string _name;
    private readonly ILogger _logger;
    private readonly ResiliencePipeline _retry;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private MySqlDataSource? _source;
    private volatile bool _sendsStreams;
    private volatile bool _wasReached;
    private volatile bool _ready;
    private volatile bool _disposed;

    /// <param name="open">Gives the data source, and another one when the server denies access to the first.</param>
    /// <param name="owns">Whether what <paramref name="open"/> gives is disposed here.</param>
    /// <param name="options">Checked options.</param>
    /// <param name="tables">The tables.</param>
    /// <param name="name">The database, as errors call it.</param>
    /// <param name="time">The clock of the pauses.</param>
    /// <param name="logger">Where retries are logged.</param>
    public AuroraDatabase(
        Func<CancellationToken, ValueTask<MySqlDataSource>> open, bool owns, AuroraSinkOptions options, AuroraTables tables, string name, TimeProvider time, ILogger logger)
    {
        _open = open;
        _owns = owns;
        _options = options;
        _tables = tables;
        _name = name;
        _logger = logger;
        _retry = RetryOf(options, time, logger);
    }

    /// <summary>Does work on a connection, and again if it fails in a way that may pass.</summary>
    /// <exception cref="BillingException">The database failed; the message says how and what to do.</exception>
    public async ValueTask<T> ReadAsync<T>(Func<AuroraSession, CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken) =>
        await RunAsync(work, null, cancellationToken).ConfigureAwait(false);

    /// <summary>Does work in one transaction, and again if it fails in a way that may pass. What it returned is durable then.</summary>
    /// <param name="work">The work. It gets whether an earlier attempt may have been committed, although no answer came.</param>
    /// <param name="cancellationToken">Cancels, up to the commit.</param>
    /// <exception cref="BillingException">The database failed; the message says how and what to do.</exception>
    public async ValueTask<T> WriteAsync<T>(Func<AuroraSession, bool, CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        CommitState commit = new();
        return await RunAsync((session, token) => work(session, commit.MayBeDone, token), commit, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _disposed = true;
        _turn.Dispose();
        return _owns && _source is not null ? _source.DisposeAsync() : ValueTask.CompletedTask;
    }

    private static ResiliencePipeline RetryOf(AuroraSinkOptions options, TimeProvider time, ILogger logger)
    {
        if (options.MaxRetries == 0)
        {
            return ResiliencePipeline.Empty;
        }

        return new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Exception is PassingException),
                MaxRetryAttempts = options.MaxRetries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = s_firstDelay < options.MaxRetryDelay ? s_firstDelay : options.MaxRetryDelay,
                MaxDelay = options.MaxRetryDelay,
                OnRetry = arguments =>
                {
                    PassingException passing = (PassingException)arguments.Outcome.Exception!;
                    Log.Retrying(logger, passing.Reason, AuroraErrors.NumberOf(passing.Cause), arguments.AttemptNumber + 2, arguments.RetryDelay);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    private async ValueTask<T> RunAsync<T>(Func<AuroraSession, CancellationToken, ValueTask<T>> work, CommitState? commit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_disposed, typeof(AuroraSink));
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
            throw AuroraErrors.Of(e.Cause, _name, attempts);
        }
        catch (Exception e) when (AuroraErrors.IsDatabase(e))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw AuroraErrors.Of(e, _name, attempts);
        }
    }

    private async ValueTask<T> AttemptAsync<T>(Func<AuroraSession, CancellationToken, ValueTask<T>> work, CommitState? commit, CancellationToken cancellationToken)
    {
        AuroraSession? session = null;
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

    // A server that was never there is told of at once: most likely its address is wrong. One that was there may come back.
    private string? ReasonToRetry(Exception exception, AuroraSession? session) =>
        !_wasReached && AuroraErrors.IsUnreachable(exception) ? null
        : AuroraErrors.ReasonToRetry(exception)
        // The driver has many words for a broken connection; that it is no longer open is what they share.
        ?? (AuroraErrors.IsDatabase(exception) && AuroraErrors.NumberOf(exception) == 0 && session is { IsOpen: false } ? "the connection was lost" : null);

    // Undoing what was not committed fails where the connection is lost; the server then undoes it by itself.
    private static async ValueTask CloseAsync(AuroraSession session)
    {
        try
        {
            await session.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (AuroraErrors.IsDatabase(e) || !session.IsOpen)
        {
        }
    }

    private async ValueTask<AuroraSession> StartAsync(CancellationToken cancellationToken)
    {
        MySqlConnection connection = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            AuroraSession session = await AuroraSession.StartAsync(connection, _options, _sendsStreams, cancellationToken).ConfigureAwait(false);
            if (!_ready)
            {
                await _tables.PrepareAsync(session, _options.CreateSchema, cancellationToken).ConfigureAwait(false);
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

    private async ValueTask<MySqlConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        MySqlDataSource source = await SourceAsync(null, cancellationToken).ConfigureAwait(false);
        try
        {
            return await OpenAsync(source).ConfigureAwait(false);
        }
        catch (MySqlException e) when (AuroraErrors.IsAccessDenied(e))
        {
            MySqlDataSource renewed = await SourceAsync(source, cancellationToken).ConfigureAwait(false);
            if (ReferenceEquals(renewed, source))
            {
                throw;
            }

            return await OpenAsync(renewed).ConfigureAwait(false);
        }

        async ValueTask<MySqlConnection> OpenAsync(MySqlDataSource from)
        {
            MySqlConnection connection = await from.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            _wasReached = true;
            return connection;
        }
    }

    /// <summary>The data source; another one where the server denied access to <paramref name="denied"/>.</summary>
    private async ValueTask<MySqlDataSource> SourceAsync(MySqlDataSource? denied, CancellationToken cancellationToken)
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
                if (_owns && !ReferenceEquals(_source, denied))
                {
                    // Its open connections stay so until they are given back.
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
            _source = await _open(cancellationToken).ConfigureAwait(false);
            _sendsStreams = new MySqlConnectionStringBuilder(_source.ConnectionString).AllowLoadLocalInfile;
        }
    }

    /// <summary>Whether a commit was sent.</summary>
    private sealed class CommitState
    {
        public bool MayBeDone { get; private set; }

        public void Begins() => MayBeDone = true;
    }
}
