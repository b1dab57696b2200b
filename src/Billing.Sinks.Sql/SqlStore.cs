using Billing.Sinks.Sql.Alerts;
using Billing.Sinks.Sql.Documents;
using Billing.Sinks.Sql.Quarantine;
using Billing.Sinks.Sql.Runs;

namespace Billing.Sinks.Sql;

/// <summary>A store in the tables of an SQL server. The sinks derived from it add what differs between servers.</summary>
public abstract class SqlStore : IMigratableStore, IAmendableStore, IAlertStore, IReceiptStore, IAsyncDisposable
{
    private readonly TimeProvider _time;
    private readonly SqlDatabase _database;
    private readonly SqlRecords _records;
    private readonly RecordTable _table;
    private readonly RunTable _runs;
    private readonly QuarantineTable _quarantine;
    private readonly AlertTable _alerts;
    private readonly ReceiptTable _receipts;
    private readonly DocumentTable _documents;
    private readonly RecordAmendments _amendments;

    internal SqlStore(string name, SqlDatabase database, SqlSchema schema, SqlRecords records, UploadTable uploads, TimeProvider time)
    {
        _time = time;
        _database = database;
        _records = records;
        _table = new RecordTable(records);
        _runs = new RunTable(schema.Runs);
        _quarantine = new QuarantineTable(schema.Quarantine);
        _alerts = new AlertTable(schema.Alerts);
        _receipts = new ReceiptTable(schema.Receipts, uploads, _alerts);
        _documents = new DocumentTable(schema.Documents);
        _amendments = new RecordAmendments(records, _documents, name);
        Name = name;
    }

    internal SqlStore(ServerParts server)
        : this(server.Name, server.Database, server.Schema, new ServerRecords(server), new HashedUploads(server.Schema.ReceiptUploads), server.Time) =>
        Concurrency = server.Concurrency;

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <inheritdoc/>
    public int Concurrency { get; } = 1;

    /// <inheritdoc/>
    /// <remarks>One batch is one transaction. After an exception nothing of it is stored, except if the connection was lost during the commit: then the batch may be stored whole. Write it again to find out.</remarks>
    /// <exception cref="BillingException">The database failed, or its tables are missing or would not hold every value exactly; the message says what to do.</exception>
    public async ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        return await _database.WriteAsync(
            async (session, mayBeStored, token) =>
            {
                WriteOutcome[] outcomes = await _records.WriteAsync(session, records, mayBeStored, token).ConfigureAwait(false);
                await _alerts.AddAsync(session, records, outcomes, mayBeStored, _time.GetUtcNow(), token).ConfigureAwait(false);
                return outcomes;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        await _database.ChangeAsync((session, token) => _quarantine.AddAsync(session, records, _time.GetUtcNow(), token), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        await _database.ChangeAsync(
            async (session, token) =>
            {
                await _runs.PutAsync(session, run, token).ConfigureAwait(false);
                if (run.Status != RunStatus.Running)
                {
                    await _records.SettleAsync(session, token).ConfigureAwait(false);
                }
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <remarks>Null if the name of the source has very many rows of other runs, such as the name of a queue.</remarks>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public ValueTask<RunTotals?> TotalsOfRunAsync(IngestReport run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        return _database.ReadAsync((session, token) => _records.TotalsOfRunAsync(session, run, token), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public ValueTask<IReadOnlyList<BillingRecord?>> FindAllAsync(IReadOnlyList<RecordKey> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return _database.ReadAsync((session, token) => _records.FindAllAsync(session, keys, token), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public ValueTask<BillingRecord?> FindAsync(RecordKey key, CancellationToken cancellationToken = default) =>
        _database.ReadAsync((session, token) => _table.FindAsync(session, key, token), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public ValueTask<Page<BillingRecord>> QueryAsync(RecordQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _database.ReadAsync((session, token) => _table.QueryAsync(session, query, token), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public ValueTask<Page<BillingRecord>> ListAsync(RecordListQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _database.ReadAsync((session, token) => _table.ListAsync(session, query, token), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask<IReadOnlyList<SummaryRow>> SummarizeAsync(SummaryBy by, RecordQuery query, CancellationToken cancellationToken = default) =>
        (await SummarizeAllAsync([by], query, cancellationToken).ConfigureAwait(false))[0];

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public ValueTask<IReadOnlyList<IReadOnlyList<SummaryRow>>> SummarizeAllAsync(IReadOnlyList<SummaryBy> groupings, RecordQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(groupings);
        ArgumentNullException.ThrowIfNull(query);
        return _database.ReadAsync((session, token) => _records.SummarizeAsync(session, groupings, query, token), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public ValueTask<IngestReport?> FindRunAsync(string runId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runId);
        return _database.ReadAsync((session, token) => _runs.FindAsync(session, runId, token), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public ValueTask<Page<IngestReport>> GetRunsAsync(PageRequest page, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        return _database.ReadAsync((session, token) => _runs.QueryAsync(session, page, token), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public ValueTask<Page<QuarantinedRecord>> GetQuarantineAsync(QuarantineQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _database.ReadAsync((session, token) => _quarantine.QueryAsync(session, query, token), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask ResolveQuarantineAsync(IReadOnlyList<RecordKey> keys, string resolution, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentException.ThrowIfNullOrWhiteSpace(resolution);
        await _database.ChangeAsync((session, token) => _quarantine.ResolveAsync(session, keys, resolution, _time.GetUtcNow(), token), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <remarks>In one transaction.</remarks>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>; or a record exists neither in its old form nor in its new one.</exception>
    public async ValueTask ReplaceAsync(IReadOnlyList<RecordMove> moves, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(moves);
        await _database.ChangeAsync((session, token) => _records.MoveAsync(session, moves, token), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public ValueTask<bool> KeepsDocumentsAsync(CancellationToken cancellationToken = default) => _database.ReadAsync(_documents.ExistsAsync, cancellationToken);

    /// <inheritdoc/>
    /// <remarks>In one transaction: if an amendment fails, none is made.</remarks>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>; or a record is not stored as it was read, or cannot be held as it becomes.</exception>
    public async ValueTask AmendAsync(IReadOnlyList<RecordAmendment> amendments, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(amendments);
        await _database.ChangeAsync((session, token) => _amendments.ApplyAsync(session, amendments, token), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask<bool> AddDocumentAsync(LedgerDocument document, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        return await _database.WriteAsync((session, mayBeStored, token) => _documents.AddAsync(session, document, mayBeStored, token), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask PutDocumentAsync(LedgerDocument document, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        await _database.ChangeAsync((session, token) => _documents.PutAsync(session, document, token), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public ValueTask<LedgerDocument?> FindDocumentAsync(string kind, string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(id);
        return _database.ReadAsync((session, token) => _documents.FindAsync(session, kind, id, token), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public ValueTask<Page<LedgerDocument>> GetDocumentsAsync(DocumentQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _database.ReadAsync((session, token) => _documents.QueryAsync(session, query, token), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask ReopenQuarantineAsync(IReadOnlyList<RecordKey> keys, string resolution, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentException.ThrowIfNullOrWhiteSpace(resolution);
        await _database.ChangeAsync((session, token) => _quarantine.ReopenAsync(session, keys, resolution, token), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask ReplaceQuarantineAsync(IReadOnlyList<QuarantinedRecord> rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        await _database.ChangeAsync((session, token) => _quarantine.ReplaceAsync(session, rows, _time.GetUtcNow(), token), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask<IReadOnlyList<BillingAlert>> ClaimAlertsAsync(int most, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken = default)
    {
        BillingAlert.CheckClaim(most, lease);
        return await _database.WriteAsync((session, _, token) => _alerts.ClaimAsync(session, most, now, lease, token), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask ConfirmAlertAsync(BillingAlert alert, DateTimeOffset sentAt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(alert);
        await _database.ChangeAsync((session, token) => _alerts.ChangeAsync(session, alert, kept => kept.Confirmed(sentAt), token), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask FailAlertAsync(BillingAlert alert, string error, DateTimeOffset retryAt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(error);
        await _database.ChangeAsync((session, token) => _alerts.ChangeAsync(session, alert, kept => kept.Failed(alert, error, retryAt), token), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public ValueTask<IReadOnlyList<BillingAlert>> GetAlertsAsync(RecordKey key, CancellationToken cancellationToken = default) =>
        _database.ReadAsync((session, token) => _alerts.OfAsync(session, key, token), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask<ReceiptOutcome> AddReceiptAsync(Receipt receipt, ReceiptUpload upload, CancellationToken cancellationToken = default)
    {
        ReceiptRules.Check(receipt, upload);
        string writeId = Guid.NewGuid().ToString("N");
        return await _database.WriteAsync((session, _, token) => _receipts.AddAsync(session, receipt, upload, _time.GetUtcNow(), writeId, token), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public ValueTask<Receipt?> FindReceiptAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        return _database.ReadAsync((session, token) => _receipts.FindAsync(session, id, token), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public ValueTask<Page<Receipt>> GetReceiptsAsync(PageRequest page, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        return _database.ReadAsync((session, token) => _receipts.QueryAsync(session, page, token), cancellationToken);
    }

    /// <summary>Releases the sink. A data source that was passed to it stays open.</summary>
    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }
}
