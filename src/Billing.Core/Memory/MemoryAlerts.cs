namespace Billing.Memory;

/// <summary>The alerts of a store in memory, under the lock of that store.</summary>
/// <param name="gate">The lock of the store. Callers of <see cref="Add"/> and <see cref="Move"/> hold it.</param>
internal sealed class MemoryAlerts(Lock gate) : IAlertStore
{
    private readonly Dictionary<string, BillingAlert> _alerts = new(StringComparer.Ordinal);

    /// <summary>Adds the alerts of a record that is stored. Where it was taken out before, its alerts are still there, and are raised anew.</summary>
    public void Add(IReadOnlyList<BillingAlert> alerts)
    {
        foreach (BillingAlert alert in alerts)
        {
            _alerts[alert.Id] = alert;
        }
    }

    public ValueTask<IReadOnlyList<BillingAlert>> ClaimAlertsAsync(int most, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken = default)
    {
        BillingAlert.CheckClaim(most, lease);
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            BillingAlert[] due = [.. _alerts.Values.Where(alert => alert.DueAt <= now).OrderBy(alert => alert.DueAt).ThenBy(alert => alert.Id, StringComparer.Ordinal).Take(most)];
            List<BillingAlert> claimed = new(due.Length);
            foreach (BillingAlert alert in due)
            {
                claimed.Add(_alerts[alert.Id] = alert.Claimed(now, lease));
            }

            return ValueTask.FromResult<IReadOnlyList<BillingAlert>>(claimed);
        }
    }

    public ValueTask ConfirmAlertAsync(BillingAlert alert, DateTimeOffset sentAt, CancellationToken cancellationToken = default) =>
        Change(alert, kept => kept.Confirmed(sentAt), cancellationToken);

    public ValueTask FailAlertAsync(BillingAlert alert, string error, DateTimeOffset retryAt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(error);
        return Change(alert, kept => kept.Failed(alert, error, retryAt), cancellationToken);
    }

    public ValueTask<IReadOnlyList<BillingAlert>> GetAlertsAsync(RecordKey key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            return ValueTask.FromResult<IReadOnlyList<BillingAlert>>(Of(key));
        }
    }

    /// <summary>Moves the alerts of a record to its new key.</summary>
    public void Move(RecordKey from, RecordKey to)
    {
        foreach (BillingAlert alert in Of(from))
        {
            _alerts[alert.Id] = alert with { RecordKey = to };
        }
    }

    private BillingAlert[] Of(RecordKey key) => [.. _alerts.Values.Where(alert => alert.RecordKey == key)];

    private ValueTask Change(BillingAlert alert, Func<BillingAlert, BillingAlert?> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(alert);
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            if (_alerts.TryGetValue(alert.Id, out BillingAlert? kept) && change(kept) is { } changed)
            {
                _alerts[alert.Id] = changed;
            }
        }

        return ValueTask.CompletedTask;
    }
}
