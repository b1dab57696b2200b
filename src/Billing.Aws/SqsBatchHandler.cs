using Billing.Aws.Queues;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Billing.Aws;

/// <summary>
/// Handles batches of messages so that no message is lost. A poison message is quarantined before it is acknowledged. A message that fails for another reason is returned to the queue,
/// and so are the messages after it in its FIFO group, and the messages for which the deadline leaves no time. Safe for concurrent use.
/// </summary>
public sealed class SqsBatchHandler
{
    private readonly MessageQuarantine _quarantine;
    private readonly SqsBatchOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>Creates a handler.</summary>
    /// <param name="ledger">The ledger whose quarantine takes poison messages.</param>
    /// <param name="options">How batches are handled; null for the defaults.</param>
    /// <param name="timeProvider">The clock for the deadline; null for the system clock.</param>
    /// <param name="logger">The logger for failures.</param>
    /// <exception cref="BillingConfigurationException">An option is invalid.</exception>
    public SqsBatchHandler(IBillingSink ledger, SqsBatchOptions? options = null, TimeProvider? timeProvider = null, ILogger<SqsBatchHandler>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        _options = (options ?? new SqsBatchOptions()).Checked();
        _time = timeProvider ?? TimeProvider.System;
        _logger = logger ?? NullLogger<SqsBatchHandler>.Instance;
        _quarantine = new MessageQuarantine(ledger, _options.Scope, _time, _logger);
    }

    /// <summary>Handles each message separately. If the handler throws, its message returns to the queue; if it throws <see cref="SourceFormatException"/>, the message is poison.</summary>
    /// <param name="batch">The messages.</param>
    /// <param name="handle">Handles one message. What it reports as done must be durable.</param>
    /// <param name="deadline">The time by which the answer must be given.</param>
    /// <param name="cancellationToken">Cancels the whole batch: the method throws, and the queue delivers every message again.</param>
    /// <returns>Exactly the messages that the queue must deliver again.</returns>
    public Task<SqsBatchResponse> HandleAsync(SqsEvent batch, Func<SqsMessage, CancellationToken, ValueTask<SqsMessageOutcome>> handle, DateTimeOffset deadline, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(handle);
        MessageBatch work = new(batch.Messages, _quarantine, _options, _logger);
        return RunAsync(work, token => work.HandleEachAsync(handle, token), deadline, cancellationToken);
    }

    /// <summary>Handles all messages in one call, for example with <see cref="SqsRecordIngester.IngestAsync"/>. If the handler throws, all messages return to the queue.</summary>
    /// <param name="batch">The messages.</param>
    /// <param name="handle">Handles the messages and returns one outcome for each, in the same order. What it reports as done must be durable.</param>
    /// <param name="deadline">The time by which the answer must be given.</param>
    /// <param name="cancellationToken">Cancels the whole batch: the method throws, and the queue delivers every message again.</param>
    /// <returns>Exactly the messages that the queue must deliver again.</returns>
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

        // The work itself is asked: a timeout at the moment the work ended has no meaning.
        if (running.IsCompleted)
        {
            await running.ConfigureAwait(false);
        }
        else
        {
            // A handler that ignores its cancellation: its messages are returned, whatever it still does.
            _ = running.ContinueWith(late => Log.LateFailure(_logger, late.Exception!), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }
}
