namespace Billing.Sinks.Conformance;

/// <summary>A publisher that remembers what it was given, and fails when it is told to.</summary>
public sealed class Alarm : IAlertPublisher
{
    private readonly Lock _lock = new();
    private readonly List<BillingAlert> _sent = [];

    /// <summary>What arrived, in order.</summary>
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

    /// <summary>Which alerts do not go through. Default none.</summary>
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
