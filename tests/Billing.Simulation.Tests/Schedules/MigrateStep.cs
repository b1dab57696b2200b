namespace Billing.Simulation.Tests.Schedules;

/// <summary>Migrates the ledger, which is current: nothing may change.</summary>
internal sealed record MigrateStep(bool IsDryRun) : Step
{
    public override string ToString() => IsDryRun ? "migrate, dry run" : "migrate";
}
