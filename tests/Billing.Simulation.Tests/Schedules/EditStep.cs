namespace Billing.Simulation.Tests.Schedules;

/// <summary>Another program changes an amount; a verification must find it; the amount is put back.</summary>
internal sealed record EditStep(int Place) : Step
{
    public override string ToString() => $"change an amount by hand, verify, and put it back ({Place})";
}
