using Billing.Simulation.Tests.Ledgers;

namespace Billing.Simulation.Tests.Runs;

/// <summary>The rates of a simulation; and the service that they are fetched from, which may fail.</summary>
internal sealed class SimulatedRates(bool areLate, bool fail) : IExchangeRateSource
{
    private const string Early = "CAD=0.75, MXN=0.059, JPY=0.0067";

    public IExchangeRates Rates { get; } = FixedRates.Parse(areLate ? Early + ", CHF=1.12" : Early);

    public ValueTask<IExchangeRates> FetchAsync(CancellationToken cancellationToken = default) =>
        fail ? throw new SimulatedFailureException("The network is down.") : ValueTask.FromResult(Rates);
}
