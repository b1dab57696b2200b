using Billing.Aws.Queues;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Billing.Aws;

/// <summary>
/// Handles batches of messages so that none is lost: poison is quarantined before it is acknowledged, whatever fails otherwise is returned to the queue,
/// of a FIFO group everything after a returned message is returned too, and what the deadline leaves no time for is returned. Safe for many batches at once.
/// </summary>
public sealed class SqsBatchHandler
{
    private readonly MessageQuarantine _quarantine;
    private readonly SqsBatchOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>Creates a handler.</summary>
    /// <param name="ledger">Where poison is quarantined.</param>
    /// <param name="options">How batches are handled; null for the defaults.</param>
    /// <param name="timeProvider">The clock of the deadline; null for the system's.</param>
    /// <param name="logger">Where failures are logged.</param>
    /// <exception cref="BillingConfigurationException">An option is wrong.</exception>
    public SqsBatchHandler(IBillingSink ledger, SqsBatchOptions? options = null, TimeProvider? timeProvider = null, ILogger<SqsBatchHandler>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        _options = (options ?? new SqsBatchOptions()).Checked();
        _time = timeProvider ?? TimeProvider.System;
        _logger = logger ?? NullLogger<SqsBatchHandler>.Instance;
        _quarantine = new MessageQuarantine(ledger, _options.Scope, _time, _logger);
    }

    /// <summary>Handles each message by itself. An exception of the handler returns its message to the queue; a <see cref="SourceFormatException"/> makes it poison.</summary>
    /// <param name="batch">The messages.</param>
    /// <param name="handle">Handles one message. What it says is done must be durable.</param>
    /// <param name="deadline">When the answer must have been given.</param>
    /// <param name="cancellationToken">Cancels the whole: it throws, and the queue delivers every message again.</param>
    /// <returns>Exactly the messages that the queue is to deliver again.</returns>
    public Task<SqsBatchResponse> HandleAsync(SqsEvent batch, Func<SqsMessage, CancellationToken, ValueTask<SqsMessageOutcome>> handle, DateTimeOffset deadline, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(handle);
        MessageBatch work = new(batch.Messages, _quarantine, _options, _logger);
        return RunAsync(work, token => work.HandleEachAsync(handle, token), deadline, cancellationToken);
    }

    /// <summary>Handles all messages in one call, such as <see cref="SqsRecordIngester.IngestAsync"/>. An exception of the handler returns all of them to the queue.</summary>
    /// <param name="batch">The messages.</param>
    /// <param name="handle">Handles the messages, and gives one outcome for each, in the same order. What it says is done must be durable.</param>
    /// <param name="deadline">When the answer must have been given.</param>
    /// <param name="cancellationToken">Cancels the whole: it throws, and the queue delivers every message again.</param>
    /// <returns>Exactly the messages that the queue is to deliver again.</returns>
    public Task<SqsBatchResponse> HandleAllAsync(SqsEvent batch, Func<IReadOnlyList<SqsMessage>, CancellationToken, ValueTask<IReadOnlyList<SqsMessageOutcome>>> handle, DateTimeOffset deadline, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(handle);
        MessageBatch work = new(batch.Messages, _quarantine, _options, _logger);
        return RunAsync(work, token => work.HandleAllAsync(handle, token), deadline, cancellationToken);
    }

    private async Task<SqsBatchResponse> RunAsync(MessageBatch work, Func<CancellationToken, Task> run, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TimeSpan left = deadline - _time.GetUtcNow() - _options.DeadlineMargin;
        if (left > TimeSpan.Zero)
        {
            await RunForAsync(run, left, cancellationToken).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return work.Close();
    }

    private async Task RunForAsync(Func<CancellationToken, Task> run, TimeSpan time, CancellationToken cancellationToken)
    {
        using CancellationTokenSource soft = new(time, _time);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, soft.Token);
        Task running = Task.Run(() => run(stop.Token), CancellationToken.None);
        await running.WaitAsync(time + (_options.DeadlineMargin / 2), _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await stop.CancelAsync().ConfigureAwait(false);

        // Asked of the work itself: a timeout that came in the moment in which the work ended says nothing of it.
        if (running.IsCompleted)
        {
            await running.ConfigureAwait(false);
        }
        else
        {
            // A handler that does not heed its cancellation: its messages are returned, whatever it still does.
            _ = running.ContinueWith(late => Log.LateFailure(_logger, late.Exception!), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }
}
