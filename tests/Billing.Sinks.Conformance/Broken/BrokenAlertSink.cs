namespace Billing.Sinks.Conformance.Broken;

/// <summary>The working part of the sinks with broken alerts: records, and alerts that are claimed, sent and confirmed. Each derived sink raises alerts wrongly in one way.</summary>
public abstract class BrokenAlertSink : BrokenSink, IAlertStore
{
    // A store raises an alert once per record, so alerts that are raised again go to another store.
    private readonly List<MemorySink> _alertStores = [new()];

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<BillingAlert>> ClaimAlertsAsync(int most, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken)
    {
        List<BillingAlert> claimed = [];
        foreach (MemorySink store in AlertStores())
        {
            if (claimed.Count < most)
            {
                claimed.AddRange(await store.ClaimAlertsAsync(most - claimed.Count, now, lease, cancellationToken));
            }
        }

        return claimed;
    }

    /// <inheritdoc/>
    public async ValueTask ConfirmAlertAsync(BillingAlert alert, DateTimeOffset sentAt, CancellationToken cancellationToken)
    {
        foreach (MemorySink store in AlertStores())
        {
            await store.ConfirmAlertAsync(alert, sentAt, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask FailAlertAsync(BillingAlert alert, string error, DateTimeOffset retryAt, CancellationToken cancellationToken)
    {
        foreach (MemorySink store in AlertStores())
        {
            await store.FailAlertAsync(alert, error, retryAt, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<BillingAlert>> GetAlertsAsync(RecordKey key, CancellationToken cancellationToken)
    {
        List<BillingAlert> alerts = [];
        foreach (MemorySink store in AlertStores())
        {
            alerts.AddRange(await store.GetAlertsAsync(key, cancellationToken));
        }

        return alerts;
    }

    /// <summary>Raises the alerts of a record.</summary>
    protected void Raise(BillingRecord record) => Keep(_alertStores[0], record);

    /// <summary>Raises the alerts of a record a second time.</summary>
    protected void RaiseAgain(BillingRecord record)
    {
        MemorySink store = new();
        Keep(store, record);
        _alertStores.Add(store);
    }

    // A store in memory completes synchronously.
    private static void Keep(MemorySink store, BillingRecord record) => store.WriteAsync([record], CancellationToken.None).AsTask().GetAwaiter().GetResult();

    private MemorySink[] AlertStores()
    {
        lock (Turn)
        {
            return [.. _alertStores];
        }
    }
}
