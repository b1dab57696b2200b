namespace Billing.Simulation.Tests.Schedules;

/// <summary>Reads records in pages, and compares them with sums and single reads.</summary>
internal sealed record QueryStep(int PageSize) : Step
{
    public override string ToString() => $"query in pages of {PageSize}";
}
