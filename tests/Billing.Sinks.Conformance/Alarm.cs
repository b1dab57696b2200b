namespace Billing.Sinks.Conformance;

/// <summary>A publisher that records the alerts it receives, and fails for the alerts that a test chooses.</summary>
public sealed class Alarm : IAlertPublisher
{
    private readonly Lock _lock = new();
    private readonly List<BillingAlert> _sent = [];

    /// <summary>The alerts received, in order.</summary>
    public IReadOnlyList<BillingAlert> Sent
    {
        get
        {
            lock (_lock)
            {
                return [.. _sent];
            }
        }
    }

    /// <summary>Which alerts fail. Default none.</summary>
    public Func<BillingAlert, bool> Fails { get; set; } = static _ => false;

    public async Task PublishAsync(BillingAlert alert, CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (Fails(alert))
        {
            throw new InvalidOperationException("The topic is down.");
        }

        lock (_lock)
        {
            _sent.Add(alert);
        }
    }
}
