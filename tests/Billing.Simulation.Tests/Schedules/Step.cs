namespace Billing.Simulation.Tests.Schedules;

/// <summary>One operation of a schedule. It refers to sources by their number, so that steps can be left out.</summary>
internal abstract record Step
{
    /// <summary>The same without its faults; null if it has none.</summary>
    public virtual Step? WithoutFaults() => null;
}
