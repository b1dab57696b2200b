namespace Billing.Simulation.Tests.Schedules;

/// <summary>Closes the ledger and opens it again.</summary>
internal sealed record RestartStep : Step
{
    public override string ToString() => "restart";
}
