namespace Billing.Simulation.Tests.Schedules;

/// <summary>A dry run, and then the run: both must report the same.</summary>
internal sealed record DryRunStep(Delivery Delivery, int BatchSize) : Step
{
    public override string ToString() => $"dry run of {Delivery}, {BatchSize} rows at once, then the run";
}
