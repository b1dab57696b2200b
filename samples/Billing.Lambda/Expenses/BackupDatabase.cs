using Microsoft.Extensions.Logging;
using MySqlConnector;
using Polly;
using Polly.Retry;

namespace Billing.Lambda.Expenses;

/// <summary>The database of a backup: opens it, again with what the secret then says when access is denied, and tries again what may pass. Not for use by several at once.</summary>
/// <param name="open">Opens it; what it gives is disposed here.</param>
/// <param name="createsTables">Whether tables that are not there are created.</param>
/// <param name="time">The clock for pauses.</param>
/// <param name="logger">The logger for retries.</param>
internal sealed class BackupDatabase(Func<CancellationToken, ValueTask<MySqlDataSource>> open, bool createsTables, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private const int MostRetries = 8;

    private readonly ResiliencePipeline _retry = new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = MostRetries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = TimeSpan.FromMilliseconds(100),
            MaxDelay = TimeSpan.FromSeconds(10),
            ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Exception is PassingBackupException),
            OnRetry = arguments =>
            {
                Log.BackupRetried(logger, arguments.Outcome.Exception!.Message, arguments.AttemptNumber + 2, arguments.RetryDelay);
                return ValueTask.CompletedTask;
            },
        })
        .Build();

    private MySqlDataSource? _source;
    private bool _wasReached;
    private bool _isReady;

    /// <summary>Does work in one transaction, and again if it fails in a way that may pass.</summary>
    /// <exception cref="StoreMissingException">None of the tables exists.</exception>
    /// <exception cref="BillingException">The database failed, or some of the tables are missing.</exception>
    public async Task<T> RunAsync<T>(Func<BackupSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await _retry.ExecuteAsync(async token => await AttemptAsync(work, token), cancellationToken);
        }
        catch (PassingBackupException e)
        {
            throw Failed(e.InnerException!);
        }
        catch (Exception e) when (BackupErrors.AreDatabase(e))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Failed(e);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static BillingException Failed(Exception exception) =>
        new($"The database of the backup {(BackupErrors.AreUnreachable(exception) ? "cannot be reached" : "failed")} ({exception.Message.TrimEnd('.')}). Running the backup again goes on where it stopped.", exception);

    private async Task<T> AttemptAsync<T>(Func<BackupSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using BackupSession session = await StartAsync(cancellationToken);
            if (!_isReady)
            {
                await BackupCatalogue.PrepareAsync(session, createsTables, cancellationToken);
                _isReady = true;
            }

            await session.BeginAsync(cancellationToken);
            T result = await work(session, cancellationToken);
            await session.CommitAsync();
            return result;
        }
        catch (Exception e) when (BackupErrors.MayPass(e) && (_wasReached || !BackupErrors.AreUnreachable(e)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new PassingBackupException(e);
        }
    }

    private async Task<BackupSession> StartAsync(CancellationToken cancellationToken)
    {
        MySqlConnection connection = await ConnectAsync(cancellationToken);
        try
        {
            return await BackupSession.StartAsync(connection, cancellationToken);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task<MySqlConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        _source ??= await open(cancellationToken);
        MySqlConnection connection;
        try
        {
            connection = await _source.OpenConnectionAsync(cancellationToken);
        }
        catch (MySqlException e) when (BackupErrors.AreDenied(e))
        {
            Log.BackupCredentialsReadAgain(logger);
            MySqlDataSource denied = _source;
            _source = await open(cancellationToken);
            await denied.DisposeAsync();
            connection = await _source.OpenConnectionAsync(cancellationToken);
        }

        _wasReached = true;
        return connection;
    }
}
