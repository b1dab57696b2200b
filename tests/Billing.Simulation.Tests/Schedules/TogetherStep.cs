namespace Billing.Simulation.Tests.Schedules;

/// <summary>Two ingestions at the same time, each with a connection of its own. The seed decides which of them calls the store next.</summary>
internal sealed record TogetherStep(IngestStep One, IngestStep Other, int Seed) : Step
{
    public override Step? WithoutFaults() => One.WithoutFaults() is null && Other.WithoutFaults() is null
        ? null
        : this with { One = (IngestStep)(One.WithoutFaults() ?? One), Other = (IngestStep)(Other.WithoutFaults() ?? Other) };

    public override string ToString() => $"together, in turns of {Seed}: [{One}] and [{Other}]";
}
