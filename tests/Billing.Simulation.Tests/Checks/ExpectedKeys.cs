using Billing.Simulation.Tests.Ledgers;
using Billing.Simulation.Tests.Runs;
using Billing.Simulation.Tests.Schedules;

namespace Billing.Simulation.Tests.Checks;

/// <summary>The keys of what was delivered, with the contents that each had, from each source on its own.</summary>
internal sealed class ExpectedKeys
{
    private readonly Dictionary<RecordKey, HashSet<Fingerprint>> _contents = [];
    private readonly HashSet<RecordKey> _contradicted = [];

    public IReadOnlyCollection<RecordKey> Keys => _contents.Keys;

    public static async Task<ExpectedKeys> OfAsync(World world)
    {
        ExpectedKeys expected = new();
        foreach (ScheduledDelivery delivery in world.Delivered)
        {
            await using MemoryLedger alone = new(world.Time);
            using BillingPipeline pipeline = world.Pipelines.Build([alone.Open(0)], world.Rates(), batchSize: 10_000);
            IngestOptions options = new() { Scope = delivery.Scope, RowDone = expected.Note };
            await pipeline.IngestAsync(new SimulatedSource(delivery, Arrival.Whole), options);
            await expected.AddAsync(alone.Open(0));
        }

        foreach (SourceRow message in world.Messages)
        {
            MemoryLedger alone = new(world.Time);
            World other = new(world.Schedule, alone, world.Time) { RatesAreLate = world.RatesAreLate };
            await new Queues(other).AgainAsync([message]);
            await expected.AddAsync(alone.Open(0));
        }

        return expected;
    }

    /// <summary>Whether sources contradict each other, or themselves, about this key: then the first to come is stored.</summary>
    public bool IsContested(RecordKey key) => _contradicted.Contains(key) || _contents[key].Count > 1;

    /// <summary>Whether a source had this content under this key.</summary>
    public bool Has(BillingRecord record) => _contents.TryGetValue(record.Key, out HashSet<Fingerprint>? contents) && (contents.Contains(record.Fingerprint) || _contradicted.Contains(record.Key));

    private void Note(RowOutcome row)
    {
        if (row.Kind == RowOutcomeKind.Conflict)
        {
            _contradicted.Add(row.Key);
        }
    }

    private async Task AddAsync(IBillingStore alone)
    {
        await foreach (BillingRecord record in alone.QueryAllAsync(new RecordQuery()))
        {
            if (!_contents.TryGetValue(record.Key, out HashSet<Fingerprint>? contents))
            {
                _contents.Add(record.Key, contents = []);
            }

            contents.Add(record.Fingerprint);
        }
    }
}
