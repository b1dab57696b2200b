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

    public Pipelines Pipelines { get; } = new(schedule, time);

    /// <summary>Whether the rate that was missing is there.</summary>
    public bool RatesAreLate { get; set; }

    /// <summary>The sources that a run was given, in the order of their first time.</summary>
    public List<Delivery> Delivered { get; } = [];

    /// <summary>The messages that the queue was given.</summary>
    public List<SourceRow> Messages { get; } = [];

    /// <summary>The runs of records that were removed by hand.</summary>
    public HashSet<string> RemovedRuns { get; } = [];

    /// <summary>The rows that were dismissed.</summary>
    public HashSet<RecordKey> Dismissed { get; } = [];

    /// <summary>What came of each step, without ids and times.</summary>
    public List<string> Trace { get; } = [];

    public SimulatedRates Rates(bool fail = false) => new(RatesAreLate, fail);

    public void Deliver(Delivery delivery)
    {
        if (!Delivered.Contains(delivery))
        {
            Delivered.Add(delivery);
        }
    }
}
