namespace Billing.Sinks.Sqlite;

/// <summary>A ledger in one SQLite file.</summary>
/// <remarks>
/// Several runs, instances and processes may use one file at once; writes take turns. SQLite has no asynchronous calls:
/// these return when their work is done, which waits for nothing but the disk, other writers, and what is read.
/// </remarks>
public sealed class SqliteSink : IMigratableStore, IAlertStore, IReceiptStore, IAsyncDisposable
{
    private readonly SqliteDatabase _database;
    private readonly TimeProvider _time;

    /// <summary>A sink for a connection string of Microsoft.Data.Sqlite, such as <c>Data Source=billing.db</c>. The file is opened on first use.</summary>
    /// <exception cref="BillingConfigurationException">The connection string or an option is wrong.</exception>
    public SqliteSink(string connectionString, SqliteSinkOptions? options = null, TimeProvider? timeProvider = null)
        : this(SqliteLocation.Parse(connectionString), (options ?? new SqliteSinkOptions()).Checked(), timeProvider, SqliteSchema.Scripts)
    {
    }

    internal SqliteSink(SqliteLocation location, SqliteSinkOptions options, TimeProvider? timeProvider, IReadOnlyList<string> scripts)
    {
        _database = new SqliteDatabase(location, options, scripts);
        _time = timeProvider ?? TimeProvider.System;
        Name = "sqlite:" + location.Path;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <inheritdoc/>
    /// <remarks>One batch is one transaction: it is stored whole or, after an exception, not at all.</remarks>
    /// <exception cref="BillingException">The file is of another program or a newer version, busy for too long, full, read-only or damaged.</exception>
    public async ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        return await _database.WriteAsync(
            (session, writer) =>
            {
                WriteOutcome[] outcomes = writer.Write(records, cancellationToken);
                AlertTable.Add(session, records, outcomes, _time.GetUtcNow());
                return outcomes;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        await ChangeAsync(session => QuarantineTable.Add(session, records, _time.GetUtcNow(), cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        await _database.WriteAsync(
            (session, writer) =>
            {
                RunTable.Put(session, run);
                if (run.Status != RunStatus.Running)
                {
                    writer.Settle();
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask<RunTotals?> TotalsOfRunAsync(IngestReport run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        return await _database.ReadAsync(session => RecordTable.TotalsOfRun(session, run.RunId), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public ValueTask<IReadOnlyList<BillingRecord?>> FindAllAsync(IReadOnlyList<RecordKey> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return _database.ReadAsync(session => RecordTable.FindAll(session, keys), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public ValueTask<BillingRecord?> FindAsync(RecordKey key, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => RecordTable.Find(session, key), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public ValueTask<Page<BillingRecord>> QueryAsync(RecordQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _database.ReadAsync(session => RecordTable.Query(session, query, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public ValueTask<IReadOnlyList<SummaryRow>> SummarizeAsync(SummaryBy by, RecordQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _database.ReadAsync(session => RecordTable.Summarize(session, by, query), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public ValueTask<IngestReport?> FindRunAsync(string runId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runId);
        return _database.ReadAsync(session => RunTable.Find(session, runId), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public ValueTask<Page<IngestReport>> GetRunsAsync(PageRequest page, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        return _database.ReadAsync(session => RunTable.Query(session, page, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public ValueTask<Page<QuarantinedRecord>> GetQuarantineAsync(QuarantineQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _database.ReadAsync(session => QuarantineTable.Query(session, query, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask ResolveQuarantineAsync(IReadOnlyList<RecordKey> keys, string resolution, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentException.ThrowIfNullOrWhiteSpace(resolution);
        await ChangeAsync(session => QuarantineTable.Resolve(session, keys, resolution, _time.GetUtcNow(), cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <remarks>In one transaction.</remarks>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>; or a record is there neither as it was nor as it is to be.</exception>
    public async ValueTask ReplaceAsync(IReadOnlyList<RecordMove> moves, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(moves);
        await ChangeAsync(session => RecordMoves.Apply(session, moves, Name, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask<IReadOnlyList<BillingAlert>> ClaimAlertsAsync(int most, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken = default)
    {
        BillingAlert.CheckClaim(most, lease);
        return await _database.WriteAsync((session, _) => AlertTable.Claim(session, most, now, lease), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask ConfirmAlertAsync(BillingAlert alert, DateTimeOffset sentAt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(alert);
        await ChangeAsync(session => AlertTable.Change(session, alert, kept => kept.Confirmed(sentAt)), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask FailAlertAsync(BillingAlert alert, string error, DateTimeOffset retryAt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(error);
        await ChangeAsync(session => AlertTable.Change(session, alert, kept => kept.Failed(alert, error, retryAt)), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public ValueTask<IReadOnlyList<BillingAlert>> GetAlertsAsync(RecordKey key, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => AlertTable.Of(session, key), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public async ValueTask<ReceiptOutcome> AddReceiptAsync(Receipt receipt, ReceiptUpload upload, CancellationToken cancellationToken = default)
    {
        ReceiptRules.Check(receipt, upload);
        return await _database.WriteAsync((session, _) => ReceiptTable.Add(session, receipt, upload, _time.GetUtcNow()), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public ValueTask<Receipt?> FindReceiptAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        return _database.ReadAsync(session => ReceiptTable.Find(session, id), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="WriteAsync"/>.</exception>
    public ValueTask<Page<Receipt>> GetReceiptsAsync(PageRequest page, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        return _database.ReadAsync(session => ReceiptTable.Query(session, page, cancellationToken), cancellationToken);
    }

    /// <summary>Waits for the write that is under way, and closes the file.</summary>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async ValueTask ChangeAsync(Action<SqliteSession> work, CancellationToken cancellationToken) =>
        await _database.WriteAsync(
            (session, _) =>
            {
                work(session);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
}
