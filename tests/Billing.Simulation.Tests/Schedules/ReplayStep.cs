namespace Billing.Simulation.Tests.Schedules;

/// <summary>Replays the open quarantine, with the settings of the pipeline or, for layout and rules, those of the runs.</summary>
internal sealed record ReplayStep(int BatchSize, bool StatesSettings, Fault? Fault) : Step
{
    public override Step? WithoutFaults() => Fault is null ? null : this with { Fault = null };

    public override string ToString() => $"replay the quarantine, {BatchSize} rows at once{(StatesSettings ? "" : ", under the settings of the runs")}{(Fault is null ? "" : "; " + Fault)}";
}
