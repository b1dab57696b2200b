using Billing.Simulation.Tests.Runs;
using Billing.Simulation.Tests.Schedules;

namespace Billing.Simulation.Tests.Fuzzing;

/// <summary>An input as a source.</summary>
internal sealed class FuzzSource(string name, byte[] input, Arrival arrival) : IBillingSource
{
    public string Name => name;

    public long? Length => input.Length;

    public bool CanReopen => arrival.CanReopen;

    public ValueTask<Stream> OpenAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult<Stream>(new SimulatedStream(input, arrival));
}
