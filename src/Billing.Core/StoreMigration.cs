using Billing.Amendments;
using Billing.Fingerprints;
using Billing.Layouts;
using Billing.Stores;

namespace Billing;

/// <summary>
/// Migrates a store to the current canonical form (docs/canonical-form.md), in place, so that records are recognised when they are delivered again. Each record gets its
/// current fingerprint and, if its key is by content, its current key; then each run is marked. Money, rows and runs stay. Before you migrate, stop every program that writes to the store.
/// </summary>
/// <remarks>If it is killed at any point, run it again and it continues. Memory grows with the largest day: about 300 bytes per record.</remarks>
public sealed class StoreMigration
{
    private const int MovesAtOnce = 500;

    private readonly IMigratableStore _store;
    private readonly StoreMigrationOptions _options;
    private readonly IgnoredColumns? _ignored;
    private readonly List<IReadOnlyList<BillingRecord>> _equal = [];
    private int _listed;
    private bool _hasBegun;
    private StoreMigrationReport _report = new();

    /// <summary>Creates a migration of a store. It does not dispose the store. Run it once.</summary>
    /// <exception cref="BillingConfigurationException">The store cannot be migrated, or an option is wrong.</exception>
    public StoreMigration(IBillingStore store, StoreMigrationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store as IMigratableStore
            ?? throw new BillingConfigurationException($"{store.GetType().Name} cannot be migrated: it is not an {nameof(IMigratableStore)}. Implement it, or ingest the sources into a new store.");
        _options = (options ?? new StoreMigrationOptions()).Checked();
        if (_options.Ignore?.FirstOrDefault(name => HeaderNames.TryReadPlace(name.Trim(), out _)) is { } place)
        {
            throw new BillingConfigurationException($"A stored record does not keep the positions of its columns, such as {place.Trim()}. Name ignored columns as in the header.");
        }

        _ignored = _options.Ignore is { } stated ? new IgnoredColumns(new SourceLayout { Ignore = stated }) : null;
    }

    /// <summary>What was done so far.</summary>
    public override string ToString() => _report.ToString();

    /// <summary>Migrates the store.</summary>
    /// <exception cref="BillingException">The store keeps what entries changed, under the keys that records have now (docs/undo.md): nothing was moved. Or the store failed, or another program writes to it. Completed moves are kept; run it again.</exception>
    public async Task<StoreMigrationReport> RunAsync(CancellationToken cancellationToken = default)
    {
        // Equal records have the same date, and records come by date, so one day at a time is enough.
        MigratedDay day = new();
        DateOnly? date = null;
        await foreach (BillingRecord record in _store.QueryAllAsync(new RecordQuery { Scope = _options.Scope }, cancellationToken).ConfigureAwait(false))
        {
            if (date != record.Date)
            {
                await EndAsync(day, cancellationToken).ConfigureAwait(false);
                day = new MigratedDay();
                date = record.Date;
            }

            day.Add(record, Ignored(record));
        }

        await EndAsync(day, cancellationToken).ConfigureAwait(false);
        if (_options.Scope is null || _options.Ignore is not null)
        {
            await MarkRunsAsync(cancellationToken).ConfigureAwait(false);
        }

        if (_store is IAmendableStore sealable && !_options.IsDryRun)
        {
            await new SealMaker(sealable, TimeProvider.System).RenewAsync(cancellationToken).ConfigureAwait(false);
        }

        return _report;
    }

    // Records of the first form have no marks: no layout could ignore columns then.
    private RecordAttributes Ignored(BillingRecord record) =>
        _ignored is not null ? record.Attributes.WithIgnored(_ignored.Has)
        : record.Fingerprint == CanonicalForm.FingerprintOf(record, CanonicalVersion.V1) ? record.Attributes.WithIgnored(BalanceHeaders.Knows)
        : record.Attributes;

    private async Task EndAsync(MigratedDay day, CancellationToken cancellationToken)
    {
        IReadOnlyList<PlannedMove> moves = day.Plan();
        foreach (PlannedMove[] chunk in moves.Chunk(MovesAtOnce))
        {
            IReadOnlyList<BillingRecord?> records = await _store.FindAllAsync([.. chunk.Select(move => move.From)], cancellationToken).ConfigureAwait(false);
            RecordMove[] found = [.. chunk.Zip(records).Where(pair => pair.Second is not null).Select(pair => new RecordMove(pair.Second!, pair.Second!.Moved(pair.First.To, pair.First.Fingerprint, pair.First.Occurrence, Ignored(pair.Second))))];
            if (found.Length < chunk.Length)
            {
                await DemandMovedAsync([.. chunk.Zip(records).Where(pair => pair.Second is null).Select(pair => pair.First)], cancellationToken).ConfigureAwait(false);
            }

            await BeginAsync(cancellationToken).ConfigureAwait(false);
            if (!_options.IsDryRun)
            {
                await _store.ReplaceAsync(found, cancellationToken).ConfigureAwait(false);
            }
        }

        if (day.BecameEqual.Count > 0)
        {
            await ListAsync(day, moves, cancellationToken).ConfigureAwait(false);
        }

        _report = _report with { Records = _report.Records + day.Count, Changed = _report.Changed + moves.Count, BecameEqual = [.. _equal] };
        _options.Progress?.Report(_report);
    }

    // Before the first record moves: a migration that is interrupted has begun.
    private async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        if (!_hasBegun && _store is IAmendableStore store && await store.KeepsDocumentsAsync(cancellationToken).ConfigureAwait(false))
        {
            await Migrations.DemandPossibleAsync(store, cancellationToken).ConfigureAwait(false);
            if (!_options.IsDryRun)
            {
                await Migrations.BeginAsync(store, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
        }

        _hasBegun = true;
    }

    // An index that is updated late still lists records that an earlier migration moved.
    private async Task DemandMovedAsync(PlannedMove[] gone, CancellationToken cancellationToken)
    {
        IReadOnlyList<BillingRecord?> moved = await _store.FindAllAsync([.. gone.Select(move => move.To)], cancellationToken).ConfigureAwait(false);
        foreach ((PlannedMove move, _) in gone.Zip(moved).Where(pair => pair.Second?.Source != pair.First.Source))
        {
            throw new BillingException($"{_store.Name}: the record {move.From} is gone since it was read. Another program writes to the store. Stop it, then migrate again; completed moves are kept.");
        }
    }

    private async Task ListAsync(MigratedDay day, IReadOnlyList<PlannedMove> moves, CancellationToken cancellationToken)
    {
        Dictionary<RecordKey, RecordKey> now = moves.Where(move => !_options.IsDryRun).ToDictionary(move => move.From, move => move.To);
        foreach (IReadOnlyList<RecordKey> group in day.BecameEqual)
        {
            _report = _report with { BecameEqualRecords = _report.BecameEqualRecords + group.Count - 1 };
            if (_listed < StoreMigrationReport.MostListed)
            {
                RecordKey[] keys = [.. group.Take(StoreMigrationReport.MostListed - _listed).Select(key => now.GetValueOrDefault(key, key))];
                _listed += keys.Length;
                _equal.Add([.. (await _store.FindAllAsync(keys, cancellationToken).ConfigureAwait(false)).OfType<BillingRecord>()]);
            }
        }
    }

    // The newest run comes last: pipelines check it, and refuse the store until the migration is complete.
    private async Task MarkRunsAsync(CancellationToken cancellationToken)
    {
        IngestReport? newest = null;
        await foreach (IngestReport run in _store.GetAllRunsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (newest is null)
            {
                newest = run;
            }
            else
            {
                await MarkAsync(run, cancellationToken).ConfigureAwait(false);
            }
        }

        if (newest is not null)
        {
            await MarkAsync(newest, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task MarkAsync(IngestReport run, CancellationToken cancellationToken)
    {
        IngestReport marked = Marked(run);
        if (marked.CanonicalForm == run.CanonicalForm && marked.Settings == run.Settings)
        {
            return;
        }

        if (!_options.IsDryRun)
        {
            await _store.WriteRunAsync(marked, cancellationToken).ConfigureAwait(false);
        }

        _report = _report with { Runs = _report.Runs + 1 };
    }

    // A replay uses the layout of its run, so that layout gets the ignored columns of the records.
    private IngestReport Marked(IngestReport run)
    {
        if (_options.Scope is not null && run.Scope != _options.Scope)
        {
            return run;
        }

        RunSettings? settings = run.Settings is { } kept && _options.Ignore is { } ignored
            ? kept with { Layout = (SourceLayout.Parse(kept.Layout) with { Ignore = ignored }).ToJson() }
            : run.Settings;
        return run with { CanonicalForm = _options.Scope is null ? (int)CanonicalVersion.Current : run.CanonicalForm, Settings = settings };
    }
}
