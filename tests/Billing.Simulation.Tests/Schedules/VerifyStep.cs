namespace Billing.Simulation.Tests.Schedules;

/// <summary>Verifies the ledger.</summary>
internal sealed record VerifyStep : Step
{
    public override string ToString() => "verify";
}
