using System.Text;
using Billing.Reports;
using Billing.Storage;

namespace Billing;

/// <summary>A ledger in memory, for tests and dry runs. The reference for what other stores answer.</summary>
public sealed class MemorySink : IMigratableStore, IAlertStore, IReceiptStore
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly MemoryAlerts _alerts = new();
    private readonly MemoryReceipts _receipts = new();
    private readonly MemoryRecords _records = new();
    private readonly MemoryQuarantine _quarantine = new();
    private readonly Dictionary<string, IngestReport> _runs = new(StringComparer.Ordinal);

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
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            foreach (QuarantinedRecord record in records)
            {
                _quarantine.Add(record);
            }
        }

        return ValueTask.CompletedTask;
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
                tally.Add(record);
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
    public ValueTask<Page<IngestReport>> GetRunsAsync(PageRequest page, CancellationToken cancellationToken = default)
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
            List<IngestReport> items = PageBudget.Take(runs, budget.IsPast);
            return ValueTask.FromResult(PageToken.Cut(items, budget.Size, QueryIdentity.Runs, run => Encoding.UTF8.GetBytes(run.RunId)));
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
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            foreach (RecordKey key in keys)
            {
                _quarantine.Resolve(key, resolution);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ReplaceAsync(IReadOnlyList<RecordMove> moves, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(moves);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
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
    public ValueTask<IReadOnlyList<BillingAlert>> ClaimAlertsAsync(int most, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken = default)
    {
        AlertClaims.Check(most, lease);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return ValueTask.FromResult<IReadOnlyList<BillingAlert>>(_alerts.Claim(most, now, lease));
        }
    }

    /// <inheritdoc/>
    public ValueTask ConfirmAlertAsync(BillingAlert alert, DateTimeOffset sentAt, CancellationToken cancellationToken = default)
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
    public ValueTask FailAlertAsync(BillingAlert alert, string error, DateTimeOffset retryAt, CancellationToken cancellationToken = default)
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
    public ValueTask<IReadOnlyList<BillingAlert>> GetAlertsAsync(RecordKey key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return ValueTask.FromResult(_alerts.Of(key));
        }
    }

    /// <inheritdoc/>
    public ValueTask<ReceiptOutcome> AddReceiptAsync(Receipt receipt, ReceiptUpload upload, CancellationToken cancellationToken = default)
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
    public ValueTask<Receipt?> FindReceiptAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return ValueTask.FromResult(_receipts.Find(id));
        }
    }

    /// <inheritdoc/>
    public ValueTask<Page<Receipt>> GetReceiptsAsync(PageRequest page, CancellationToken cancellationToken = default)
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

    private BillingRecord[] Ordered()
    {
        lock (_lock)
        {
            return _records.Ordered();
        }
    }
}
