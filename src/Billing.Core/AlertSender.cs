using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Billing;

/// <summary>
/// Sends the unsent alerts of a store. Each alert is sent at least once. It is sent again only if a process dies after sending it and before marking it as sent, or if sending
/// takes longer than the claim. Several senders can work on one store.
/// </summary>
public sealed class AlertSender
{
    // A few at a time: if a sender dies, only these alerts wait until its claim expires.
    private const int MostPerClaim = 5;
    private static readonly TimeSpan s_margin = TimeSpan.FromSeconds(30);

    private readonly IAlertStore _store;
    private readonly IAlertPublisher _publisher;
    private readonly AlertSenderOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>Creates a sender from a store to a publisher.</summary>
    /// <exception cref="BillingConfigurationException">An option is out of range.</exception>
    public AlertSender(IAlertStore store, IAlertPublisher publisher, AlertSenderOptions? options = null, TimeProvider? timeProvider = null, ILogger<AlertSender>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(publisher);
        _store = store;
        _publisher = publisher;
        _options = (options ?? new AlertSenderOptions()).Checked();
        _time = timeProvider ?? TimeProvider.System;
        _logger = (ILogger?)logger ?? NullLogger.Instance;
    }

    /// <summary>How many alerts a call tries.</summary>
    public override string ToString() => FormattableString.Invariant($"sends up to {_options.MaxAlerts} alerts a call");

    /// <summary>Sends what is due, up to <see cref="AlertSenderOptions.MaxAlerts"/>. An alert that cannot be sent stops no other, and is due again after a pause that grows.</summary>
    /// <returns>The number of alerts that were sent and that failed. Check <see cref="AlertSendReport.Failed"/>.</returns>
    /// <exception cref="BillingException">The store cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled. Alerts that were claimed but not tried are due again when the claim expires.</exception>
    public async Task<AlertSendReport> SendAsync(CancellationToken cancellationToken = default)
    {
        AlertSendReport report = new(0, 0);
        for (int left = _options.MaxAlerts; left > 0;)
        {
            int most = Math.Min(MostPerClaim, left);
            DateTimeOffset now = _time.GetUtcNow();
            IReadOnlyList<BillingAlert> alerts = await _store.ClaimAlertsAsync(most, now, new TimeSpan(_options.AttemptTimeout.Ticks * most) + s_margin, cancellationToken).ConfigureAwait(false);
            if (alerts.Count == 0)
            {
                break;
            }

            left -= alerts.Count;
            foreach (BillingAlert alert in alerts)
            {
                cancellationToken.ThrowIfCancellationRequested();

                // If the claim is about to expire, another sender may have the alert before this one is done.
                if (_time.GetUtcNow() + _options.AttemptTimeout < alert.DueAt)
                {
                    report = await SendAsync(alert, cancellationToken).ConfigureAwait(false) ? report with { Sent = report.Sent + 1 } : report with { Failed = report.Failed + 1 };
                }
            }
        }

        return report;
    }

    private async Task<bool> SendAsync(BillingAlert alert, CancellationToken cancellationToken)
    {
        if (await ErrorOfAsync(alert, cancellationToken).ConfigureAwait(false) is { } error)
        {
            DateTimeOffset retryAt = _time.GetUtcNow() + _options.DelayAfter(alert.Attempts + 1);
            await NoteAsync(alert, token => _store.FailAlertAsync(alert, error, retryAt, token), cancellationToken).ConfigureAwait(false);
            return false;
        }

        // The alert is sent, so mark it even if the caller has cancelled in the meantime.
        return await NoteAsync(alert, token => _store.ConfirmAlertAsync(alert, _time.GetUtcNow(), token), CancellationToken.None).ConfigureAwait(false);
    }

    // Any exception of a publisher is stored with the alert, logged and counted: one failure must not hold up the other alerts.
#pragma warning disable CA1031
    private async Task<string?> ErrorOfAsync(BillingAlert alert, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeout = new(_options.AttemptTimeout, _time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            await _publisher.PublishAsync(alert, either.Token).WaitAsync(either.Token).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            Log.AlertTimedOut(_logger, alert.Id, alert.Attempts + 1, _options.AttemptTimeout);
            return FormattableString.Invariant($"The publisher did not answer within {_options.AttemptTimeout:c}.");
        }
        catch (Exception exception)
        {
            Log.AlertNotSent(_logger, exception, alert.Id, alert.Attempts + 1);
            return $"{exception.GetType().Name}: {exception.Message}";
        }
    }

    private async Task<bool> NoteAsync(BillingAlert alert, Func<CancellationToken, ValueTask> note, CancellationToken cancellationToken)
    {
        try
        {
            await note(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.AlertNotNoted(_logger, exception, alert.Id);
            return false;
        }
    }
#pragma warning restore CA1031
}
