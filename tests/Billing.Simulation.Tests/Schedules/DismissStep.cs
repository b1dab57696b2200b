namespace Billing.Simulation.Tests.Schedules;

/// <summary>Dismisses one open row of the quarantine.</summary>
internal sealed record DismissStep(int Place) : Step
{
    public override string ToString() => $"dismiss a quarantined row ({Place})";
}
