namespace Billing.Simulation.Tests.Schedules;

/// <summary>Another program removes a record.</summary>
internal sealed record RemoveStep(int Place) : Step
{
    public override string ToString() => $"remove a record by hand ({Place})";
}
