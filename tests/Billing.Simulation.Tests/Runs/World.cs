using Billing.Simulation.Tests.Ledgers;
using Billing.Simulation.Tests.Schedules;

namespace Billing.Simulation.Tests.Runs;

/// <summary>The ledger and all that a simulation remembers of what was done to it.</summary>
internal sealed class World(Schedule schedule, ILedger ledger, TimeProvider time)
{
    public Schedule Schedule => schedule;

    public ILedger Ledger => ledger;

    public TimeProvider Time => time;

    /// <summary>The ledger without faults.</summary>
    public IMigratableStore Store => ledger.Open(0);

    /// <summary>The store that follows the ledger; null if there is none.</summary>
    public MemorySink? Follower { get; } = schedule.HasFollower ? new MemorySink(time) : null;

    public Pipelines Pipelines { get; } = new(schedule, time);

    /// <summary>Whether the rate that was missing is there.</summary>
    public bool RatesAreLate { get; set; }

    /// <summary>The sources that a run was given, in the order of their first time.</summary>
    public List<ScheduledDelivery> Delivered { get; } = [];

    /// <summary>The messages that the queue was given.</summary>
    public List<SourceRow> Messages { get; } = [];

    /// <summary>The runs of records that were removed by hand.</summary>
    public HashSet<string> RemovedRuns { get; } = [];

    /// <summary>The rows that were dismissed.</summary>
    public HashSet<RecordKey> Dismissed { get; } = [];

    /// <summary>What came of each step, without ids and times.</summary>
    public List<string> Trace { get; } = [];

    public SimulatedRates Rates(bool fail = false) => new(RatesAreLate, fail);

    /// <summary>The stores of a pipeline, as one process sees them: the ledger, and what follows it.</summary>
    public IReadOnlyList<IBillingSink> Stores(Process process, Fault? fault, Turns? turns = null, int place = 0)
    {
        FaultyStore store = new(ledger.Open(place), ledger, fault is { IsOfFollower: true } ? null : fault, process, turns, place);
        return Follower is null ? [store] : [store, new FaultyStore(Follower, ledger, fault is { IsOfFollower: true } ? fault : null, process, turns, place)];
    }

    public void Deliver(ScheduledDelivery delivery)
    {
        if (!Delivered.Contains(delivery))
        {
            Delivered.Add(delivery);
        }
    }
}
