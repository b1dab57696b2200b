using Billing.Memory;
using Billing.Reports;
using Billing.Storage;

namespace Billing;

/// <summary>A ledger in memory, for tests and dry runs. It is the reference for what other stores return.</summary>
public sealed class MemorySink : IMigratableStore, IAmendableStore, IAlertStore, IKnownSources
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly MemoryAlerts _alerts;
    private readonly MemoryRecords _records = new();
    private readonly MemoryQuarantine _quarantine = new();
    private readonly Dictionary<string, IngestReport> _runs = new(StringComparer.Ordinal);
    private readonly MemoryKnownSources _known = new();
    private readonly MemoryDocuments _documents = new();

    /// <summary>Creates an empty ledger that uses the system clock.</summary>
    public MemorySink()
        : this(TimeProvider.System)
    {
    }

    /// <summary>Creates an empty ledger whose alerts take their time from <paramref name="timeProvider"/>.</summary>
    public MemorySink(TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        _time = timeProvider;
        _alerts = new MemoryAlerts(_lock);
    }

    /// <inheritdoc/>
    public string Name => "memory";

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        cancellationToken.ThrowIfCancellationRequested();
        WriteOutcome[] outcomes = new WriteOutcome[records.Count];
        lock (_lock)
        {
            for (int i = 0; i < outcomes.Length; i++)
            {
                outcomes[i] = _records.Write(records[i]);
                if (outcomes[i].Kind == WriteOutcomeKind.Stored)
                {
                    _alerts.Add(BillingAlert.Of(records[i], _time.GetUtcNow()));
                }
            }
        }

        return ValueTask.FromResult<IReadOnlyList<WriteOutcome>>(outcomes);
    }

    /// <inheritdoc/>
    public ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        return ForEachAsync(records, _quarantine.Add, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            _runs[run.RunId] = run;
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<RunTotals?> TotalsOfRunAsync(IngestReport run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        cancellationToken.ThrowIfCancellationRequested();
        StoredTally tally = new();
        lock (_lock)
        {
            foreach (BillingRecord record in _records.Of(run.RunId))
            {
                tally.Add(record.Amount, record.ReportingAmount);
            }
        }

        return ValueTask.FromResult<RunTotals?>(tally.Totals);
    }

    /// <inheritdoc/>
    public ValueTask<BillingRecord?> FindAsync(RecordKey key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return ValueTask.FromResult(_records.Find(key));
        }
    }

    /// <inheritdoc/>
    public ValueTask<Page<BillingRecord>> QueryAsync(RecordQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(MemoryRecords.Page(Ordered(), query));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SummaryRow>> SummarizeAsync(SummaryBy by, RecordQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(MemoryRecords.Summarize(Ordered(), by, query));
    }

    /// <inheritdoc/>
    public ValueTask<IngestReport?> FindRunAsync(string runId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runId);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return ValueTask.FromResult(_runs.GetValueOrDefault(runId));
        }
    }

    /// <inheritdoc/>
    public ValueTask<Page<IngestReport>> GetRunsAsync(PageRequest page, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        cancellationToken.ThrowIfCancellationRequested();
        PageBuilder<IngestReport, string> built = StorePages.OfRuns(page);
        bool isFirst = !built.TryGetAfter(out string? after);
        lock (_lock)
        {
            return ValueTask.FromResult(built.Fill(_runs.Values
                .Where(run => isFirst || UnicodeText.Order.Compare(run.RunId, after) < 0)
                .OrderByDescending(run => run.RunId, UnicodeText.Order)));
        }
    }

    /// <inheritdoc/>
    public ValueTask<Page<QuarantinedRecord>> GetQuarantineAsync(QuarantineQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return ValueTask.FromResult(_quarantine.Page(query));
        }
    }

    /// <inheritdoc/>
    public ValueTask ResolveQuarantineAsync(IReadOnlyList<RecordKey> keys, string resolution, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentException.ThrowIfNullOrWhiteSpace(resolution);
        return ForEachAsync(keys, key => _quarantine.Resolve(key, resolution), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask ReplaceAsync(IReadOnlyList<RecordMove> moves, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(moves);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            _known.Forget();
            foreach (RecordMove move in moves)
            {
                if (!_records.Replace(move))
                {
                    throw move.Lost(Name);
                }

                _alerts.Move(move.From.Key, move.To.Key);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask AmendAsync(IReadOnlyList<RecordAmendment> amendments, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(amendments);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            RecordAmendment[] open = [.. amendments.Where(amendment => _documents.Find(amendment.Document.Kind, amendment.Document.Id) is null)];
            if (open.FirstOrDefault(amendment => !amendment.Fits(_records.Find(amendment.Key))) is { } lost)
            {
                throw lost.Lost(Name);
            }

            foreach (RecordAmendment amendment in open)
            {
                _known.Forget();
                _records.Set(amendment.Key, amendment.To);
                _documents.Put(amendment.Document);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<bool> AddDocumentAsync(LedgerDocument document, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return ValueTask.FromResult(_documents.Add(document));
        }
    }

    /// <inheritdoc/>
    public ValueTask PutDocumentAsync(LedgerDocument document, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            _documents.Put(document);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<LedgerDocument?> FindDocumentAsync(string kind, string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(id);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return ValueTask.FromResult(_documents.Find(kind, id));
        }
    }

    /// <inheritdoc/>
    public ValueTask<Page<LedgerDocument>> GetDocumentsAsync(DocumentQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return ValueTask.FromResult(_documents.Page(query));
        }
    }

    /// <inheritdoc/>
    public ValueTask ReopenQuarantineAsync(IReadOnlyList<RecordKey> keys, string resolution, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentException.ThrowIfNullOrWhiteSpace(resolution);
        return ForEachAsync(keys, key => _quarantine.Reopen(key, resolution), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask ReplaceQuarantineAsync(IReadOnlyList<QuarantinedRecord> rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return ForEachAsync(rows, _quarantine.Replace, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<BillingAlert>> ClaimAlertsAsync(int most, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken = default) =>
        _alerts.ClaimAlertsAsync(most, now, lease, cancellationToken);

    /// <inheritdoc/>
    public ValueTask ConfirmAlertAsync(BillingAlert alert, DateTimeOffset sentAt, CancellationToken cancellationToken = default) =>
        _alerts.ConfirmAlertAsync(alert, sentAt, cancellationToken);

    /// <inheritdoc/>
    public ValueTask FailAlertAsync(BillingAlert alert, string error, DateTimeOffset retryAt, CancellationToken cancellationToken = default) =>
        _alerts.FailAlertAsync(alert, error, retryAt, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<BillingAlert>> GetAlertsAsync(RecordKey key, CancellationToken cancellationToken = default) =>
        _alerts.GetAlertsAsync(key, cancellationToken);

    ValueTask<string> IKnownSources.GetMarkAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return ValueTask.FromResult(_known.Mark);
        }
    }

    ValueTask IKnownSources.RememberAsync(string terms, string runId, string mark, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            _known.Remember(terms, runId, mark);
        }

        return ValueTask.CompletedTask;
    }

    ValueTask<IngestReport?> IKnownSources.FindKnownRunAsync(string terms, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return ValueTask.FromResult(_known.Find(terms) is { } runId && _runs.GetValueOrDefault(runId) is { Status: RunStatus.Completed } run ? run : null);
        }
    }

    private ValueTask ForEachAsync<T>(IReadOnlyList<T> items, Action<T> change, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            foreach (T item in items)
            {
                change(item);
            }
        }

        return ValueTask.CompletedTask;
    }

    private BillingRecord[] Ordered()
    {
        lock (_lock)
        {
            return _records.Ordered();
        }
    }
}
