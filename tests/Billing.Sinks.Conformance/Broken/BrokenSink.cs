namespace Billing.Sinks.Conformance.Broken;

/// <summary>The working part of the broken sinks: rows, and reading them. Each derived sink writes wrongly in one way that real pipelines do.</summary>
public abstract class BrokenSink : IBillingStore
{
    private readonly MemorySink _kept = new();

    /// <inheritdoc/>
    public string Name => GetType().Name;

    /// <summary>The stored records.</summary>
    protected Dictionary<RecordKey, BillingRecord> Rows { get; } = [];

    /// <summary>The lock of the rows.</summary>
    protected Lock Turn { get; } = new();

    /// <summary>The token that cancels the batch being written.</summary>
    protected CancellationToken Cancellation { get; private set; }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        cancellationToken.ThrowIfCancellationRequested();
        lock (Turn)
        {
            Cancellation = cancellationToken;
            return ValueTask.FromResult<IReadOnlyList<WriteOutcome>>(Write(records));
        }
    }

    /// <inheritdoc/>
    public ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken) => _kept.WriteQuarantineAsync(records, cancellationToken);

    /// <inheritdoc/>
    public ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken) => _kept.WriteRunAsync(run, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<RunTotals?> TotalsOfRunAsync(IngestReport run, CancellationToken cancellationToken) => await (await SnapshotAsync()).TotalsOfRunAsync(run, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<BillingRecord?> FindAsync(RecordKey key, CancellationToken cancellationToken) => await (await SnapshotAsync()).FindAsync(key, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<Page<BillingRecord>> QueryAsync(RecordQuery query, CancellationToken cancellationToken) => await (await SnapshotAsync()).QueryAsync(query, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SummaryRow>> SummarizeAsync(SummaryBy by, RecordQuery query, CancellationToken cancellationToken) =>
        await (await SnapshotAsync()).SummarizeAsync(by, query, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IngestReport?> FindRunAsync(string runId, CancellationToken cancellationToken) => _kept.FindRunAsync(runId, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Page<IngestReport>> GetRunsAsync(PageRequest page, CancellationToken cancellationToken) => _kept.GetRunsAsync(page, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Page<QuarantinedRecord>> GetQuarantineAsync(QuarantineQuery query, CancellationToken cancellationToken) => _kept.GetQuarantineAsync(query, cancellationToken);

    /// <inheritdoc/>
    public ValueTask ResolveQuarantineAsync(IReadOnlyList<RecordKey> keys, string resolution, CancellationToken cancellationToken) => _kept.ResolveQuarantineAsync(keys, resolution, cancellationToken);

    /// <summary>Writes a batch, in the wrong way.</summary>
    protected abstract WriteOutcome[] Write(IReadOnlyList<BillingRecord> records);

    /// <summary>Writes one record correctly.</summary>
    protected WriteOutcome WriteOne(BillingRecord record) => Rows.TryAdd(record.Key, record) ? WriteOutcome.Stored : OutcomeOf(record);

    /// <summary>Returns the outcome of a record whose key is already stored.</summary>
    protected WriteOutcome OutcomeOf(BillingRecord record)
    {
        BillingRecord stored = Rows[record.Key];
        return stored.Fingerprint == record.Fingerprint ? WriteOutcome.Duplicate(stored.Source.Name) : WriteOutcome.Conflict(stored.Source.Name, stored.Fingerprint);
    }

    /// <summary>Returns a copy of a record with another key or other amounts.</summary>
    protected static BillingRecord Copy(BillingRecord record, RecordKey key, Func<decimal, decimal> amount) => new()
    {
        Key = key,
        Fingerprint = record.Fingerprint,
        Occurrence = record.Occurrence,
        Scope = record.Scope,
        SourceId = record.SourceId,
        Date = record.Date,
        Instant = record.Instant,
        Party = record.Party,
        Account = record.Account,
        Description = record.Description,
        Amount = new Money(amount(record.Amount.Amount), record.Amount.Currency),
        ReportingAmount = new Money(amount(record.ReportingAmount.Amount), record.ReportingAmount.Currency),
        ExchangeRate = record.ExchangeRate,
        Attributes = record.Attributes,
        Source = record.Source,
        RunId = record.RunId,
        Category = record.Category,
        CategoryRule = record.CategoryRule,
        Flags = record.Flags,
        Alerts = record.Alerts,
    };

    private async ValueTask<MemorySink> SnapshotAsync()
    {
        BillingRecord[] rows;
        lock (Turn)
        {
            rows = [.. Rows.Values];
        }

        MemorySink sink = new();
        await sink.WriteAsync(rows, CancellationToken.None);
        return sink;
    }
}
