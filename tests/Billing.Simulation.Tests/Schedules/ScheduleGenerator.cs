namespace Billing.Simulation.Tests.Schedules;

/// <summary>Makes a schedule from a seed, always the same.</summary>
internal sealed class ScheduleGenerator
{
    private const int MostCalls = 24;

    private readonly Random _random;
    private readonly int _seed;
    private readonly LedgerKind _ledger;
    private readonly bool _negativesAreRefused;
    private readonly bool _ratesAreFetched;
    private readonly bool _hasFollower;
    private readonly EntryPool _pool;
    private readonly DeliveryGenerator _deliveries;

    private ScheduleGenerator(int seed)
    {
        _seed = seed;
        _random = new Random(seed);
        _ledger = (LedgerKind)_random.Next(3);
        _negativesAreRefused = _random.Next(3) == 0;
        _ratesAreFetched = _random.Next(3) == 0;
        _hasFollower = _random.Next(4) == 0;
        _pool = new EntryPool(_random);
        _deliveries = new DeliveryGenerator(_random, _pool, _negativesAreRefused);
    }

    public static Schedule Make(int seed) => new ScheduleGenerator(seed).Make();

    private Schedule Make()
    {
        RecordIdentity identity = _random.Next(10) switch
        {
            < 5 => RecordIdentity.Content,
            < 8 => RecordIdentity.Columns("id"),
            8 => RecordIdentity.CountedColumns("date", "company", "amount"),
            _ => RecordIdentity.Position,
        };
        List<Step> steps = [Ingest()];
        for (int count = _random.Next(3, 12); steps.Count < count;)
        {
            steps.Add(Next());
        }

        return new Schedule
        {
            Seed = _seed,
            Ledger = _ledger,
            Identity = identity,
            NegativesAreRefused = _negativesAreRefused,
            RatesAreFetched = _ratesAreFetched,
            HasFollower = _hasFollower,
            Steps = steps,
        };
    }

    private Step Next() => _random.Next(28) switch
    {
        < 10 => Ingest(),
        10 or 11 => new TogetherStep(Ingest(isTogether: true), Ingest(isTogether: true), _random.Next()),
        >= 12 and < 16 => new ReplayStep(BatchSize(), _random.Next(3) > 0, MayBeFault(isTogether: false)),
        16 => new DismissStep(_random.Next(100)),
        17 => new RemoveStep(_random.Next(100)),
        18 => new EditStep(_random.Next(100)),
        19 => new QueryStep(_random.Next(1, 8)),
        20 => new VerifyStep(),
        21 => new MigrateStep(_random.Next(2) == 0),
        22 => new RestartStep(),
        >= 23 and < 26 => new LateRatesStep(),
        26 => new DryRunStep(Choose(), BatchSize()),
        _ => Queue(),
    };

    private IngestStep Ingest(bool isTogether = false)
    {
        ScheduledDelivery delivery = Choose();
        return new IngestStep(delivery, BatchSize(), Read(), _random.Next(6) == 0, _ratesAreFetched && _random.Next(8) == 0, MayBeFault(isTogether));
    }

    private ScheduledDelivery Choose()
    {
        List<ScheduledDelivery> all = _deliveries.Deliveries;
        return all.Count == 0 ? all[_deliveries.AddNew()] : _random.Next(4) switch
        {
            0 => all[_deliveries.AddNew()],
            1 => all[_deliveries.AddLike(all[_random.Next(all.Count)])],
            _ => all[_random.Next(all.Count)],
        };
    }

    private int BatchSize() => _random.Next(4) == 0 ? 10_000 : _random.Next(1, 8);

    private Arrival Read() => new(
        _random.Next(10) switch { 0 => ArrivalKind.OneByteAtATime, 1 => ArrivalKind.Short, 2 => ArrivalKind.Breaks, _ => ArrivalKind.Whole },
        _random.Next(1000),
        _random.Next(4) > 0);

    private Fault? MayBeFault(bool isTogether) => _random.Next(2) == 0 ? null : AnyFault(isTogether);

    private Fault AnyFault(bool isTogether)
    {
        // Two runs at once share the files, so the machine stops only where a run is alone. So does a lock.
        FaultKind kind = (FaultKind)_random.Next(isTogether ? (int)FaultKind.CrashesBefore : Enum.GetValues<FaultKind>().Length);
        bool isOfFollower = _hasFollower && kind is FaultKind.ThrowsBefore or FaultKind.ThrowsAfter or FaultKind.CancelsBefore or FaultKind.CancelsAfter && _random.Next(2) == 0;
        return new Fault(kind, _random.Next(1, MostCalls), kind == FaultKind.CrashesTorn ? _random.Next(1000) : _random.Next(8), _hasFollower && isOfFollower);
    }

    private QueueStep Queue()
    {
        List<SourceRow> messages = [];
        for (int count = _random.Next(1, 16); messages.Count < count;)
        {
            Entry entry = _pool.Any(_random);
            SourceRow row = _random.Next(6) == 0 ? new SourceRow("{\"id\":", null) : new SourceRow(RowTexts.Message(entry), entry);
            messages.Add(_negativesAreRefused && entry.Amount < 0 ? row with { Entry = null } : row);
        }

        List<Fault> faults = [];
        for (int count = _random.Next(4); faults.Count < count;)
        {
            faults.Add(AnyFault(isTogether: false));
        }

        return new QueueStep(messages, _random.Next(), faults);
    }
}
