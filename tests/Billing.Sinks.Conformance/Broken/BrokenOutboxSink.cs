namespace Billing.Sinks.Conformance.Broken;

/// <summary>What the sinks with a broken outbox share, which works: records, and alerts that are claimed, sent and noted. Each raises alerts wrongly in one way.</summary>
public abstract class BrokenOutboxSink : BrokenSink, IAlertOutbox
{
    // An outbox raises an alert once for a record: what is raised again stands in another.
    private readonly List<MemorySink> _outboxes = [new()];

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<BillingAlert>> ClaimAlertsAsync(int most, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken)
    {
        List<BillingAlert> claimed = [];
        foreach (MemorySink outbox in Outboxes())
        {
            if (claimed.Count < most)
            {
                claimed.AddRange(await outbox.ClaimAlertsAsync(most - claimed.Count, now, lease, cancellationToken));
            }
        }

        return claimed;
    }

    /// <inheritdoc/>
    public async ValueTask ConfirmAlertAsync(BillingAlert alert, DateTimeOffset sentAt, CancellationToken cancellationToken)
    {
        foreach (MemorySink outbox in Outboxes())
        {
            await outbox.ConfirmAlertAsync(alert, sentAt, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask FailAlertAsync(BillingAlert alert, string error, DateTimeOffset retryAt, CancellationToken cancellationToken)
    {
        foreach (MemorySink outbox in Outboxes())
        {
            await outbox.FailAlertAsync(alert, error, retryAt, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<BillingAlert>> GetAlertsAsync(RecordKey key, CancellationToken cancellationToken)
    {
        List<BillingAlert> alerts = [];
        foreach (MemorySink outbox in Outboxes())
        {
            alerts.AddRange(await outbox.GetAlertsAsync(key, cancellationToken));
        }

        return alerts;
    }

    /// <summary>Raises the alerts of a record.</summary>
    protected void Raise(BillingRecord record) => Keep(_outboxes[0], record);

    /// <summary>Raises the alerts of a record a second time.</summary>
    protected void RaiseAgain(BillingRecord record)
    {
        MemorySink outbox = new();
        Keep(outbox, record);
        _outboxes.Add(outbox);
    }

    // In memory, nothing is waited for.
    private static void Keep(MemorySink outbox, BillingRecord record) => outbox.WriteAsync([record], CancellationToken.None).AsTask().GetAwaiter().GetResult();

    private MemorySink[] Outboxes()
    {
        lock (Turn)
        {
            return [.. _outboxes];
        }
    }
}
