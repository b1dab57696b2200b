namespace Billing.Simulation.Tests.Schedules;

/// <summary>The rate that was missing arrives.</summary>
internal sealed record LateRatesStep : Step
{
    public override string ToString() => $"the rate of {SourceRow.LateCurrency} arrives";
}
