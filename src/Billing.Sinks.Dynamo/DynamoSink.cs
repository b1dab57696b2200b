using Amazon.DynamoDBv2;
using Billing.Sinks.Dynamo.Documents;
using Billing.Sinks.Dynamo.Quarantine;
using Billing.Sinks.Dynamo.Runs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Billing.Sinks.Dynamo;

/// <summary>A store in DynamoDB: in its own table, or in a table that has its own layout.</summary>
/// <remarks>
/// Every record is one conditional write, alone or in a transaction with a few others. A batch that fails is stored in part, and writing it again
/// completes it. Outcomes are decided by consistent reads. Queries and listings follow indexes, which DynamoDB updates within moments.
/// </remarks>
public sealed class DynamoSink : IMigratableStore, IAmendableStore, IAlertStore, IDisposable
{
    private readonly Tables _tables;
    private readonly RecordItems _writer;
    private readonly IRecordReads _reads;
    private readonly RunItems _runs;
    private readonly QuarantineItems _quarantine;
    private readonly AlertItems _alerts;
    private readonly ItemMoves _moves;
    private readonly DocumentItems _documents;
    private readonly ItemAmendments _amendments;

    /// <summary>Creates a sink for the tables that the options name. The tables are checked on first use. The caller disposes the client.</summary>
    /// <exception cref="BillingConfigurationException">An option is invalid.</exception>
    public DynamoSink(IAmazonDynamoDB client, DynamoSinkOptions? options = null, TimeProvider? timeProvider = null, ILogger<DynamoSink>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        DynamoSinkOptions settings = (options ?? new DynamoSinkOptions()).Checked();
        TimeProvider time = timeProvider ?? TimeProvider.System;
        ILogger log = logger ?? NullLogger<DynamoSink>.Instance;
        string table = settings.TableName;
        string ledger = settings.LedgerTable;
        Retries retries = new(settings, time, log);
        ItemReader reader = new(client, retries);
        ItemPuts puts = new(client, retries, ledger);
        LargeBytes bytes = new(puts, reader, ledger);
        Months months = new(puts, reader, ledger);
        IItemForm form = settings.Layout is { } layout ? new LayoutForm(layout) : new OwnForm();
        _tables = new Tables(client, retries, settings, time, log);
        _alerts = new AlertItems(client, reader, retries, _tables, new AlertPlace(ledger, Names.Key, Names.Alerts + "#", Names.ByMonth, Names.Month, Names.Alerts, Names.Position, "alerts"));
        _writer = new RecordItems(
            new ItemWriter(client, reader, retries, settings, table, form.KeyNames, form.IdentityNames), form, settings.Layout is null ? months : null, _alerts, ledger, time);
        _moves = new ItemMoves(client, reader, retries, form, _alerts, table);
        _documents = new DocumentItems(client, reader, new ItemWriter(client, reader, retries, settings, ledger, [Names.Key], DocumentItems.Identity), bytes, retries, ledger);
        _amendments = new ItemAmendments(client, reader, retries, form, _documents, settings.Layout is null ? months : null, table);
        _reads = settings.Layout is null ? new IndexedReads(reader, months, table) : new ScannedReads(reader, form, table, time, log);
        _runs = new RunItems(client, reader, bytes, retries, ledger);
        _quarantine = new QuarantineItems(client, reader, new ItemWriter(client, reader, retries, settings, ledger, [Names.Key], QuarantineItems.Changing), bytes, retries, settings, time);
        Name = "dynamodb:" + table;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <inheritdoc/>
    /// <exception cref="BillingException">A table is missing or has another shape, access is denied, or DynamoDB failed for too long.</exception>
    public async ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        await _tables.ReadyAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await _writer.WriteAsync(records, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _reads.Written(records);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        await _tables.ReadyAsync(cancellationToken).ConfigureAwait(false);
        await _quarantine.AddAsync(records, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        await _tables.ReadyAsync(cancellationToken).ConfigureAwait(false);
        await _runs.PutAsync(run, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask<BillingRecord?> FindAsync(RecordKey key, CancellationToken cancellationToken = default)
    {
        await _tables.ReadyAsync(cancellationToken).ConfigureAwait(false);
        return await _reads.FindAsync(key, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask<IReadOnlyList<BillingRecord?>> FindAllAsync(IReadOnlyList<RecordKey> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        await _tables.ReadyAsync(cancellationToken).ConfigureAwait(false);
        Dictionary<RecordKey, BillingRecord> found = await _reads.FindAllAsync(keys, cancellationToken).ConfigureAwait(false);
        return [.. keys.Select(key => found.GetValueOrDefault(key))];
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask<Page<BillingRecord>> QueryAsync(RecordQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        await _tables.ReadyAsync(cancellationToken).ConfigureAwait(false);
        return await _reads.QueryAsync(query, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask<IReadOnlyList<SummaryRow>> SummarizeAsync(SummaryBy by, RecordQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        await _tables.ReadyAsync(cancellationToken).ConfigureAwait(false);
        SummaryTotals totals = new();
        await foreach (BillingRecord record in _reads.ReadAsync(query, cancellationToken).ConfigureAwait(false))
        {
            totals.Add(by, record);
        }

        return totals.ToRows();
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask<IngestReport?> FindRunAsync(string runId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runId);
        await _tables.ReadyAsync(cancellationToken).ConfigureAwait(false);
        return await _runs.FindAsync(runId, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask<Page<IngestReport>> GetRunsAsync(PageRequest page, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        await _tables.ReadyAsync(cancellationToken).ConfigureAwait(false);
        return await _runs.QueryAsync(page, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask<Page<QuarantinedRecord>> GetQuarantineAsync(QuarantineQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        await _tables.ReadyAsync(cancellationToken).ConfigureAwait(false);
        return await _quarantine.QueryAsync(query, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask ResolveQuarantineAsync(IReadOnlyList<RecordKey> keys, string resolution, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentException.ThrowIfNullOrWhiteSpace(resolution);
        await _tables.ReadyAsync(cancellationToken).ConfigureAwait(false);
        await _quarantine.ResolveAsync(keys, resolution, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <remarks>Each record is moved separately, several at once. Needs the permission to delete items.</remarks>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>; or a record exists neither in its old form nor in its new one.</exception>
    public async ValueTask ReplaceAsync(IReadOnlyList<RecordMove> moves, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(moves);
        await _tables.ReadyAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _moves.ApplyAsync(moves, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _reads.Written(moves.Select(move => move.To));
        }
    }

    /// <inheritdoc/>
    /// <remarks>Each record is changed separately, several at once: of a list that fails some may be changed, and making the same amendments again completes it. Needs the permission to delete items if a record leaves.</remarks>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>; or a record is not as it was read, or DynamoDB cannot hold what it becomes.</exception>
    public async ValueTask AmendAsync(IReadOnlyList<RecordAmendment> amendments, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(amendments);
        await _tables.ReadyAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _amendments.ApplyAsync(amendments, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _reads.Written(amendments.Select(amendment => amendment.To).OfType<BillingRecord>());
        }
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask<bool> AddDocumentAsync(LedgerDocument document, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        await _tables.ReadyAsync(cancellationToken).ConfigureAwait(false);
        return await _documents.AddAsync(document, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask PutDocumentAsync(LedgerDocument document, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        await _tables.ReadyAsync(cancellationToken).ConfigureAwait(false);
        await _documents.PutAsync(document, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask<LedgerDocument?> FindDocumentAsync(string kind, string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(id);
        await _tables.ReadyAsync(cancellationToken).ConfigureAwait(false);
        return await _documents.FindAsync(kind, id, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <remarks>Through an index, which shows a document within moments after it is stored. <see cref="FindDocumentAsync"/> finds it at once.</remarks>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask<Page<LedgerDocument>> GetDocumentsAsync(DocumentQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        await _tables.ReadyAsync(cancellationToken).ConfigureAwait(false);
        return await _documents.QueryAsync(query, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask ReopenQuarantineAsync(IReadOnlyList<RecordKey> keys, string resolution, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentException.ThrowIfNullOrWhiteSpace(resolution);
        await _tables.ReadyAsync(cancellationToken).ConfigureAwait(false);
        await _quarantine.ReopenAsync(keys, resolution, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask ReplaceQuarantineAsync(IReadOnlyList<QuarantinedRecord> rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        await _tables.ReadyAsync(cancellationToken).ConfigureAwait(false);
        await _quarantine.ReplaceAsync(rows, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask<IReadOnlyList<BillingAlert>> ClaimAlertsAsync(int most, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken = default) =>
        await _alerts.ClaimAsync(most, now, lease, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask ConfirmAlertAsync(BillingAlert alert, DateTimeOffset sentAt, CancellationToken cancellationToken = default) =>
        await _alerts.ConfirmAsync(alert, sentAt, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask FailAlertAsync(BillingAlert alert, string error, DateTimeOffset retryAt, CancellationToken cancellationToken = default) =>
        await _alerts.FailAsync(alert, error, retryAt, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask<IReadOnlyList<BillingAlert>> GetAlertsAsync(RecordKey key, CancellationToken cancellationToken = default) =>
        await _alerts.OfAsync(key, cancellationToken).ConfigureAwait(false);

    /// <summary>Releases the resources of the sink; the client stays open.</summary>
    public void Dispose()
    {
        _tables.Dispose();
        (_reads as IDisposable)?.Dispose();
    }
}
