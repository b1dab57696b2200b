using System.Text;
using Billing.Reports;
using Billing.Sinks;

namespace Billing;

/// <summary>A ledger in memory, for tests and dry runs. The reference for what other stores answer.</summary>
public sealed class MemorySink : IMigratableStore, IAlertOutbox, IReceiptLedger
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly MemoryAlerts _alerts = new();
    private readonly MemoryReceipts _receipts = new();
    private readonly Dictionary<RecordKey, BillingRecord> _records = [];
    private readonly Dictionary<RecordKey, QuarantinedRecord> _quarantine = [];
    private readonly Dictionary<string, IngestReport> _runs = new(StringComparer.Ordinal);
    private BillingRecord[]? _ordered;

    /// <summary>An empty ledger on the system's clock.</summary>
    public MemorySink()
        : this(TimeProvider.System)
    {
    }

    /// <summary>An empty ledger whose alerts take their time from a clock.</summary>
    public MemorySink(TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        _time = timeProvider;
    }

    /// <inheritdoc/>
    public string Name => "memory";

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        cancellationToken.ThrowIfCancellationRequested();
        WriteOutcome[] outcomes = new WriteOutcome[records.Count];
        lock (_lock)
        {
            for (int i = 0; i < outcomes.Length; i++)
            {
                outcomes[i] = Write(records[i]);
            }
        }

        return ValueTask.FromResult<IReadOnlyList<WriteOutcome>>(outcomes);
    }

    /// <inheritdoc/>
    public ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            foreach (QuarantinedRecord record in records)
            {
                if (!_quarantine.TryGetValue(record.Key, out QuarantinedRecord? kept))
                {
                    _quarantine.Add(record.Key, record);
                }
                else if (kept.IsOpen)
                {
                    _quarantine[record.Key] = kept.Latest(record);
                }
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken)
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
    public ValueTask<RunTotals?> TotalsOfRunAsync(IngestReport run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        cancellationToken.ThrowIfCancellationRequested();
        StoredTally tally = new();
        lock (_lock)
        {
            foreach (BillingRecord record in _records.Values.Where(record => record.RunId == run.RunId))
            {
                tally.Add(record);
            }
        }

        return ValueTask.FromResult<RunTotals?>(tally.Totals);
    }

    /// <inheritdoc/>
    public ValueTask<BillingRecord?> FindAsync(RecordKey key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return ValueTask.FromResult(_records.GetValueOrDefault(key));
        }
    }

    /// <inheritdoc/>
    public ValueTask<Page<BillingRecord>> QueryAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        QueryIdentity identity = QueryIdentity.Of(query);
        PageBudget budget = new(query);
        RecordPosition? after = PageToken.Read(query, identity) is { } position ? RecordPosition.Parse(position) : null;
        IEnumerable<BillingRecord> matches = Ordered()
            .SkipWhile(record => after is { } last && RecordPosition.Of(record).CompareTo(last) <= 0)
            .Where(record => RecordMatcher.Matches(query, record));
        List<BillingRecord> items = Take(matches, budget.IsPast);
        return ValueTask.FromResult(PageToken.Cut(items, budget.Size, identity, record => RecordPosition.Of(record).ToBytes()));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SummaryRow>> SummarizeAsync(SummaryBy by, RecordQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        SummaryTotals totals = new();
        foreach (BillingRecord record in Ordered().Where(record => RecordMatcher.Matches(query, record)))
        {
            totals.Add(
                RecordMatcher.GroupOf(by, record),
                1,
                record.Amount.Currency.Code,
                ExactSum.From(record.Amount.Amount),
                record.ReportingAmount.Currency.Code,
                ExactSum.From(record.ReportingAmount.Amount));
        }

        return ValueTask.FromResult(totals.ToRows());
    }

    /// <inheritdoc/>
    public ValueTask<Page<IngestReport>> GetRunsAsync(PageRequest page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(page);
        cancellationToken.ThrowIfCancellationRequested();
        PageBudget budget = new(page);
        string? after = PageToken.Read(page, QueryIdentity.Runs) is { } position ? Encoding.UTF8.GetString(position) : null;
        lock (_lock)
        {
            IEnumerable<IngestReport> runs = _runs.Values
                .Where(run => after is null || CodePointOrder.Instance.Compare(run.RunId, after) < 0)
                .OrderByDescending(run => run.RunId, CodePointOrder.Instance);
            List<IngestReport> items = Take(runs, budget.IsPast);
            return ValueTask.FromResult(PageToken.Cut(items, budget.Size, QueryIdentity.Runs, run => Encoding.UTF8.GetBytes(run.RunId)));
        }
    }

    /// <inheritdoc/>
    public ValueTask<Page<QuarantinedRecord>> GetQuarantineAsync(QuarantineQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        QueryIdentity identity = QueryIdentity.Of(query);
        PageBudget budget = new(query);
        QuarantinePosition? after = PageToken.Read(query, identity) is { } position ? QuarantinePosition.Parse(position) : null;
        lock (_lock)
        {
            IEnumerable<QuarantinedRecord> records = _quarantine.Values
                .Where(record => RecordMatcher.Matches(query, record))
                .Where(record => after is not { } last || QuarantinePosition.Of(record).CompareTo(last) > 0)
                .OrderBy(QuarantinePosition.Of);
            List<QuarantinedRecord> items = Take(records, budget.IsPast);
            return ValueTask.FromResult(PageToken.Cut(items, budget.Size, identity, record => QuarantinePosition.Of(record).ToBytes()));
        }
    }

    /// <inheritdoc/>
    public ValueTask ResolveQuarantineAsync(IReadOnlyList<RecordKey> keys, string resolution, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentException.ThrowIfNullOrWhiteSpace(resolution);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            foreach (RecordKey key in keys)
            {
                if (_quarantine.TryGetValue(key, out QuarantinedRecord? record) && record.IsOpen)
                {
                    _quarantine[key] = record.Closed(resolution);
                }
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ReplaceAsync(IReadOnlyList<RecordMove> moves, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(moves);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            _ordered = null;
            foreach (RecordMove move in moves)
            {
                if (_records.Remove(move.From.Key))
                {
                    _records.Add(move.To.Key, move.To);
                    _alerts.Move(move.From.Key, move.To.Key);
                }
                else if (!_records.ContainsKey(move.To.Key))
                {
                    throw move.Lost(Name);
                }
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<BillingAlert>> ClaimAlertsAsync(int most, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken)
    {
        AlertClaims.Check(most, lease);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return ValueTask.FromResult<IReadOnlyList<BillingAlert>>(_alerts.Claim(most, now, lease));
        }
    }

    /// <inheritdoc/>
    public ValueTask ConfirmAlertAsync(BillingAlert alert, DateTimeOffset sentAt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(alert);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            _alerts.Confirm(alert, sentAt);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask FailAlertAsync(BillingAlert alert, string error, DateTimeOffset retryAt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(error);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            _alerts.Fail(alert, error, retryAt);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<BillingAlert>> GetAlertsAsync(RecordKey key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return ValueTask.FromResult(_alerts.Of(key));
        }
    }

    /// <inheritdoc/>
    public ValueTask<ReceiptOutcome> AddReceiptAsync(Receipt receipt, ReceiptUpload upload, CancellationToken cancellationToken)
    {
        ReceiptRules.Check(receipt, upload);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            ReceiptOutcome outcome = _receipts.Add(receipt, upload);
            if (outcome == ReceiptOutcome.Stored)
            {
                _alerts.Add(BillingAlert.Of(receipt, _time.GetUtcNow()));
            }

            return ValueTask.FromResult(outcome);
        }
    }

    /// <inheritdoc/>
    public ValueTask<Receipt?> FindReceiptAsync(string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return ValueTask.FromResult(_receipts.Find(id));
        }
    }

    /// <inheritdoc/>
    public ValueTask<Page<Receipt>> GetReceiptsAsync(PageRequest page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(page);
        cancellationToken.ThrowIfCancellationRequested();
        int size = PageToken.SizeOf(page);
        ReceiptPosition? after = PageToken.Read(page, QueryIdentity.Receipts) is { } position ? ReceiptPosition.Parse(position) : null;
        lock (_lock)
        {
            return ValueTask.FromResult(PageToken.Cut(_receipts.List(after, size + 1), size, QueryIdentity.Receipts, receipt => ReceiptPosition.Of(receipt).ToBytes()));
        }
    }

    private static List<T> Take<T>(IEnumerable<T> items, Func<T, bool> isPast)
    {
        List<T> taken = [];
        foreach (T item in items)
        {
            taken.Add(item);
            if (isPast(item))
            {
                break;
            }
        }

        return taken;
    }

    private WriteOutcome Write(BillingRecord record)
    {
        if (_records.TryAdd(record.Key, record))
        {
            _ordered = null;
            _alerts.Add(BillingAlert.Of(record, _time.GetUtcNow()));
            return WriteOutcome.Stored;
        }

        BillingRecord stored = _records[record.Key];
        return stored.Fingerprint == record.Fingerprint
            ? WriteOutcome.Duplicate(stored.Source.Name)
            : WriteOutcome.Conflict(stored.Source.Name, stored.Fingerprint);
    }

    // Sorted when it is read, not while it is written: a run writes much more often than anyone looks.
    private BillingRecord[] Ordered()
    {
        lock (_lock)
        {
            return _ordered ??= [.. _records.Values.OrderBy(RecordPosition.Of)];
        }
    }
}
