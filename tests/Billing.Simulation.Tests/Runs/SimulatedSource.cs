using Billing.Simulation.Tests.Schedules;

namespace Billing.Simulation.Tests.Runs;

/// <summary>A delivery, read in a certain way.</summary>
internal sealed class SimulatedSource(ScheduledDelivery delivery, Arrival arrival) : IBillingSource
{
    public string Name => delivery.Name;

    public long? Length => arrival.CanReopen ? delivery.Bytes.Length : null;

    public bool CanReopen => arrival.CanReopen;

    public ValueTask<Stream> OpenAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult<Stream>(new SimulatedStream(delivery.Bytes, arrival));
}
