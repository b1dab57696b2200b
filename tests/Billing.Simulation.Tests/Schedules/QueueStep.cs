namespace Billing.Simulation.Tests.Schedules;

/// <summary>Messages of a queue that delivers out of order and again, until all are acknowledged.</summary>
/// <param name="Messages">The bodies, with what they say; null for one that is no record.</param>
/// <param name="Seed">Decides the batches, what is delivered again, and which rounds have the faults.</param>
/// <param name="Faults">The faults of the first rounds.</param>
internal sealed record QueueStep(IReadOnlyList<SourceRow> Messages, int Seed, IReadOnlyList<Fault> Faults) : Step
{
    /// <summary>The scope of what comes from the queue.</summary>
    public const string Scope = "queue";

    public override Step? WithoutFaults() => Faults.Count == 0 ? null : this with { Faults = [] };

    public override string ToString() => $"{Messages.Count} messages by queue, in the order of {Seed}{string.Concat(Faults.Select((fault, i) => $"; round {i + 1}: {fault}"))}";
}
