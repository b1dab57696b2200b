using Billing.Storage;

namespace Billing.OwnSink;

/// <summary>A whole store on three dictionaries: put the tables of an engine in their place.</summary>
internal sealed class DictionaryStore : IBillingStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<RecordKey, BillingRecord> _records = [];
    private readonly Dictionary<RecordKey, QuarantinedRecord> _quarantine = [];
    private readonly Dictionary<string, IngestReport> _runs = new(StringComparer.Ordinal);

    public string Name => "dictionaries";

    // All of a batch or nothing: it is looked at before anything is written.
    public ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken)
    {
        BillingRecord[] batch = [.. records];
        using Lock.Scope turn = Enter(cancellationToken);
        return new([.. batch.Select(Write)]);
    }

    // Once by its key; a row that is open takes the latest reason.
    public ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken)
    {
        using Lock.Scope turn = Enter(cancellationToken);
        foreach (QuarantinedRecord record in records)
        {
            _quarantine[record.Key] = !_quarantine.TryGetValue(record.Key, out QuarantinedRecord? kept) ? record : kept.IsOpen ? kept.Latest(record) : kept;
        }

        return ValueTask.CompletedTask;
    }

    // An engine keeps JsonText.ToBytes(run), and gives JsonText.ReadReport of it.
    public ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken)
    {
        using Lock.Scope turn = Enter(cancellationToken);
        _runs[run.RunId] = run;
        return ValueTask.CompletedTask;
    }

    // Counted from the rows, and not from what was said of them.
    public ValueTask<RunTotals?> TotalsOfRunAsync(IngestReport run, CancellationToken cancellationToken)
    {
        using Lock.Scope turn = Enter(cancellationToken);
        return new(Total(SummaryBy.Currency, new RecordQuery { RunId = run.RunId }).ToRunTotals());
    }

    public ValueTask<BillingRecord?> FindAsync(RecordKey key, CancellationToken cancellationToken)
    {
        using Lock.Scope turn = Enter(cancellationToken);
        return new(_records.GetValueOrDefault(key));
    }

    public ValueTask<IngestReport?> FindRunAsync(string runId, CancellationToken cancellationToken)
    {
        using Lock.Scope turn = Enter(cancellationToken);
        return new(_runs.GetValueOrDefault(runId));
    }

    // The page knows where it begins and when it is full; the store gives what follows, in order.
    public ValueTask<Page<BillingRecord>> QueryAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        PageBuilder<BillingRecord, RecordPosition> page = StorePages.Of(query);
        bool isFirst = !page.TryGetAfter(out RecordPosition after);
        using Lock.Scope turn = Enter(cancellationToken);
        return new(page.Fill(_records.Values.Where(query.Matches).Where(record => isFirst || RecordPosition.Of(record) > after).OrderBy(RecordPosition.Of)));
    }

    public ValueTask<Page<QuarantinedRecord>> GetQuarantineAsync(QuarantineQuery query, CancellationToken cancellationToken)
    {
        PageBuilder<QuarantinedRecord, QuarantinePosition> page = StorePages.Of(query);
        bool isFirst = !page.TryGetAfter(out QuarantinePosition after);
        using Lock.Scope turn = Enter(cancellationToken);
        return new(page.Fill(_quarantine.Values.Where(query.Matches).Where(row => isFirst || QuarantinePosition.Of(row) > after).OrderBy(QuarantinePosition.Of)));
    }

    public ValueTask<Page<IngestReport>> GetRunsAsync(PageRequest page, CancellationToken cancellationToken)
    {
        PageBuilder<IngestReport, string> runs = StorePages.OfRuns(page);
        bool isFirst = !runs.TryGetAfter(out string? after);
        using Lock.Scope turn = Enter(cancellationToken);
        return new(runs.Fill(_runs.Values.Where(run => isFirst || UnicodeText.Order.Compare(run.RunId, after) < 0).OrderByDescending(run => run.RunId, UnicodeText.Order)));
    }

    public ValueTask<IReadOnlyList<SummaryRow>> SummarizeAsync(SummaryBy by, RecordQuery query, CancellationToken cancellationToken)
    {
        using Lock.Scope turn = Enter(cancellationToken);
        return new(Total(by, query).ToRows());
    }

    public ValueTask ResolveQuarantineAsync(IReadOnlyList<RecordKey> keys, string resolution, CancellationToken cancellationToken)
    {
        using Lock.Scope turn = Enter(cancellationToken);
        foreach (RecordKey key in keys)
        {
            if (_quarantine.TryGetValue(key, out QuarantinedRecord? kept) && kept.IsOpen)
            {
                _quarantine[key] = kept.Closed(resolution);
            }
        }

        return ValueTask.CompletedTask;
    }

    private WriteOutcome Write(BillingRecord record) =>
        _records.TryAdd(record.Key, record) ? WriteOutcome.Stored
        : _records[record.Key] is var stored && stored.Fingerprint == record.Fingerprint ? WriteOutcome.Duplicate(stored.Source.Name)
        : WriteOutcome.Conflict(stored.Source.Name, stored.Fingerprint);

    private SummaryTotals Total(SummaryBy by, RecordQuery query)
    {
        SummaryTotals totals = new();
        foreach (BillingRecord record in _records.Values.Where(query.Matches))
        {
            totals.Add(by, record);
        }

        return totals;
    }

    private Lock.Scope Enter(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _lock.EnterScope();
    }
}
