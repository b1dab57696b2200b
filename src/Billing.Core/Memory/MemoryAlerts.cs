namespace Billing.Memory;

/// <summary>Alerts in memory. The caller holds the lock.</summary>
internal sealed class MemoryAlerts
{
    private readonly Dictionary<string, BillingAlert> _alerts = new(StringComparer.Ordinal);

    public void Add(IReadOnlyList<BillingAlert> alerts)
    {
        foreach (BillingAlert alert in alerts)
        {
            _alerts.Add(alert.Id, alert);
        }
    }

    public List<BillingAlert> Claim(int most, DateTimeOffset now, TimeSpan lease)
    {
        BillingAlert[] due = [.. _alerts.Values.Where(alert => alert.DueAt <= now).OrderBy(alert => alert.DueAt).ThenBy(alert => alert.Id, StringComparer.Ordinal).Take(most)];
        List<BillingAlert> claimed = new(due.Length);
        foreach (BillingAlert alert in due)
        {
            claimed.Add(_alerts[alert.Id] = alert.Claimed(now, lease));
        }

        return claimed;
    }

    public void Confirm(BillingAlert alert, DateTimeOffset sentAt)
    {
        if (_alerts.TryGetValue(alert.Id, out BillingAlert? kept) && kept.Confirmed(sentAt) is { } changed)
        {
            _alerts[alert.Id] = changed;
        }
    }

    public void Fail(BillingAlert alert, string error, DateTimeOffset retryAt)
    {
        if (_alerts.TryGetValue(alert.Id, out BillingAlert? kept) && kept.Failed(alert, error, retryAt) is { } changed)
        {
            _alerts[alert.Id] = changed;
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

    public IReadOnlyList<BillingAlert> Of(RecordKey key) => [.. _alerts.Values.Where(alert => alert.RecordKey == key)];
}
