using System.Globalization;
using Billing.Reports;
using Billing.Sinks;

namespace Billing;

/// <summary>A ledger in memory, for tests and dry runs. The reference for what other stores answer.</summary>
public sealed class MemorySink : IBillingSink, IBillingStore
{
    private static readonly Comparer<(DateOnly, RecordKey)> s_recordOrder = Comparer<(DateOnly, RecordKey)>.Default;

    private readonly Lock _lock = new();
    private readonly Dictionary<RecordKey, BillingRecord> _records = [];
    private readonly SortedSet<(DateOnly Date, RecordKey Key)> _order = new(s_recordOrder);
    private readonly Dictionary<RecordKey, QuarantinedRecord> _quarantine = [];
    private readonly Dictionary<string, IngestReport> _runs = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name => "memory";

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return new([.. records.Select(Write)]);
        }
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
                _quarantine.TryAdd(record.Key, record);
            }
        }

        return default;
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

        return default;
    }

    /// <inheritdoc/>
    public ValueTask<BillingRecord?> FindAsync(RecordKey key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return new(_records.GetValueOrDefault(key));
        }
    }

    /// <inheritdoc/>
    public ValueTask<Page<BillingRecord>> QueryAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return new(MemoryPage.Of(Matching(query), query, record => (record.Date, record.Key), MemoryPage.Position, MemoryPage.Token, s_recordOrder));
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SummaryRow>> SummarizeAsync(SummaryBy by, RecordQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        SortedDictionary<string, (TotalsAccumulator Billed, TotalsAccumulator Reporting)> groups = new(StringComparer.Ordinal);
        lock (_lock)
        {
            foreach (BillingRecord record in Matching(query))
            {
                string group = Group(by, record);
                if (!groups.TryGetValue(group, out (TotalsAccumulator Billed, TotalsAccumulator Reporting) totals))
                {
                    groups[group] = totals = (new(), new());
                }

                totals.Billed.AddRow(record.Amount.Currency.Code, record.Amount.Amount);
                totals.Reporting.AddRow(record.ReportingAmount.Currency.Code, record.ReportingAmount.Amount);
            }
        }

        return new([.. groups.Select(group => new SummaryRow(group.Key, group.Value.Billed.ToControlTotals(), group.Value.Reporting.ToControlTotals()))]);
    }

    /// <inheritdoc/>
    public ValueTask<Page<IngestReport>> GetRunsAsync(PageRequest page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(page);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            Comparer<string> newestFirst = Comparer<string>.Create((left, right) => string.CompareOrdinal(right, left));
            return new(MemoryPage.Of(_runs.Values.OrderBy(run => run.RunId, newestFirst), page, run => run.RunId, token => token, id => id, newestFirst));
        }
    }

    /// <inheritdoc/>
    public ValueTask<Page<QuarantinedRecord>> GetQuarantineAsync(QuarantineQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            Comparer<QuarantinePosition> order = Comparer<QuarantinePosition>.Create(QuarantinePosition.Compare);
            return new(MemoryPage.Of(
                _quarantine.Values.Where(record => Matches(record, query)).OrderBy(QuarantinePosition.Of, order),
                query,
                QuarantinePosition.Of,
                QuarantinePosition.Parse,
                position => position.ToString(),
                order));
        }
    }

    /// <inheritdoc/>
    public ValueTask ResolveQuarantineAsync(IReadOnlyList<RecordKey> keys, string runId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentException.ThrowIfNullOrWhiteSpace(runId);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            foreach (RecordKey key in keys)
            {
                if (_quarantine.TryGetValue(key, out QuarantinedRecord? record) && record.ResolvedByRunId is null)
                {
                    _quarantine[key] = record.ResolvedBy(runId);
                }
            }
        }

        return default;
    }

    private static bool Matches(QuarantinedRecord record, QuarantineQuery query) =>
        (query.IncludeResolved || record.ResolvedByRunId is null)
        && (query.Reason is null || record.Reason == query.Reason)
        && (query.SourceName is null || record.Source.Name == query.SourceName)
        && (query.RunId is null || record.RunId == query.RunId)
        && (query.Line is not { } line || record.Source.Line == line);

    private static string Group(SummaryBy by, BillingRecord record) => by switch
    {
        SummaryBy.Month => record.Date.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        SummaryBy.Category => record.Category ?? "",
        SummaryBy.Party => record.Party ?? "",
        SummaryBy.Currency => record.Amount.Currency.Code,
        _ => throw new ArgumentOutOfRangeException(nameof(by), by, "This is nothing to group by."),
    };

    private IEnumerable<BillingRecord> Matching(RecordQuery query) =>
        _order.Select(position => _records[position.Key]).Where(record => RecordMatch.Matches(record, query));

    private WriteOutcome Write(BillingRecord record)
    {
        if (_records.TryAdd(record.Key, record))
        {
            _order.Add((record.Date, record.Key));
            return WriteOutcome.Stored;
        }

        BillingRecord stored = _records[record.Key];
        return stored.Fingerprint == record.Fingerprint
            ? WriteOutcome.Duplicate(stored.Source.Name)
            : WriteOutcome.Conflict(stored.Source.Name, stored.Fingerprint);
    }
}
