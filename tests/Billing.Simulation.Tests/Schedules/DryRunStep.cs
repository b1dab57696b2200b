namespace Billing.Simulation.Tests.Schedules;

/// <summary>A dry run, and then the run: both must report the same.</summary>
internal sealed record DryRunStep(ScheduledDelivery ScheduledDelivery, int BatchSize) : Step
{
    public override string ToString() => $"dry run of {ScheduledDelivery}, {BatchSize} rows at once, then the run";
}
