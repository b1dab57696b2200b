using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MySqlConnector;

namespace Billing.Sinks.Aurora;

/// <summary>
/// Copies a ledger to the table <c>expenses(expense_id, amount, description, date)</c> of a MySQL database: every page, changed rows updated, rows whose
/// record is gone deleted. One that was interrupted goes on where it stopped. The id is the source's own, or the record's key where it has none.
/// </summary>
public sealed class ExpenseBackup : IAsyncDisposable
{
    private readonly ExpenseBackupOptions _options;
    private readonly SqlDatabase _database;
    private readonly BackupTables _tables;

    /// <summary>A backup to the database of a data source, which stays the caller's to dispose.</summary>
    /// <exception cref="BillingConfigurationException">An option is wrong.</exception>
    public ExpenseBackup(MySqlDataSource dataSource, ExpenseBackupOptions? options = null, TimeProvider? timeProvider = null, ILogger<ExpenseBackup>? logger = null)
        : this(_ => ValueTask.FromResult(dataSource), owns: false, options, timeProvider, logger)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
    }

    /// <summary>A backup to a database whose credentials change: <paramref name="open"/> is called on first use, and again when the server denies access. The backup disposes what it gives.</summary>
    /// <exception cref="BillingConfigurationException">An option is wrong.</exception>
    public ExpenseBackup(
        Func<CancellationToken, ValueTask<MySqlDataSource>> open, ExpenseBackupOptions? options = null, TimeProvider? timeProvider = null, ILogger<ExpenseBackup>? logger = null)
        : this(open, owns: true, options, timeProvider, logger)
    {
    }

    private ExpenseBackup(Func<CancellationToken, ValueTask<MySqlDataSource>> open, bool owns, ExpenseBackupOptions? options, TimeProvider? timeProvider, ILogger<ExpenseBackup>? logger)
    {
        ArgumentNullException.ThrowIfNull(open);
        _options = options ?? new ExpenseBackupOptions();
        if (_options.PageSize is < 1 or > 10_000)
        {
            throw new BillingConfigurationException(FormattableString.Invariant($"{nameof(ExpenseBackupOptions)}.{nameof(ExpenseBackupOptions.PageSize)} is {_options.PageSize}. Use 1 to 10000."));
        }

        AuroraSinkOptions database = _options.Database.Checked();
        BackupSchema schema = new(database.TablePrefix);
        _tables = new BackupTables(schema);
        _database = AuroraEngine.Database(new DataSourceOpener(async token => await open(token).ConfigureAwait(false), owns), database, schema.Tables, MySqlAddress.Unknown, timeProvider ?? TimeProvider.System, (ILogger?)logger ?? NullLogger.Instance);
    }

    /// <summary>Sees that the tables are there and as they must be; creates those that are missing where <see cref="Sql.SqlSinkOptions.CreateTables"/> says so. <see cref="RunAsync"/> does it by itself.</summary>
    /// <exception cref="StoreMissingException">None of the tables is there.</exception>
    /// <exception cref="BillingException">A table is missing or not as it must be, or the database failed.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken = default) =>
        await _database.ReadAsync(static (_, _) => ValueTask.FromResult(true), cancellationToken).ConfigureAwait(false);

    /// <summary>Makes the backup what the ledger is.</summary>
    /// <exception cref="BillingException">The database or the ledger failed, two records have one id, or the ledger is empty and the backup is not. Running it again goes on where it stopped.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; running it again goes on where it stopped.</exception>
    public async Task<ExpenseBackupReport> RunAsync(IBillingStore source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        string name = Guid.NewGuid().ToString("N");
        BackupState state = await _database.WriteAsync((session, _, token) => _tables.BeginAsync(session, name, token), cancellationToken).ConfigureAwait(false);
        bool isResumed = state.Backup != name;
        while (!state.AllRead)
        {
            Page<BillingRecord> page = await PageAsync(source, state, cancellationToken).ConfigureAwait(false);
            BackupState at = state;
            state = await _database.WriteAsync((session, _, token) => _tables.WriteAsync(session, at, page, token), cancellationToken).ConfigureAwait(false)
                ?? throw new BillingException("Another backup to the same table has ended meanwhile. Run one at a time.");
        }

        await CheckAsync(state, cancellationToken).ConfigureAwait(false);
        long deleted = 0;
        long now;
        do
        {
            now = await _database.WriteAsync((session, _, token) => _tables.DeleteAsync(session, state.Backup, token), cancellationToken).ConfigureAwait(false);
            deleted += now;
        }
        while (now > 0);

        await _database.WriteAsync((session, _, token) => _tables.EndAsync(session, state.Backup, token), cancellationToken).ConfigureAwait(false);
        return new ExpenseBackupReport(state.Records, deleted, isResumed);
    }

    /// <summary>Ends the use of the backup. A data source that it was given stays open.</summary>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async Task<Page<BillingRecord>> PageAsync(IBillingStore source, BackupState state, CancellationToken cancellationToken)
    {
        try
        {
            return await source.QueryAsync(new RecordQuery { PageSize = _options.PageSize, ContinuationToken = state.Token }, cancellationToken).ConfigureAwait(false);
        }
        catch (ArgumentException e) when (state.Token is not null)
        {
            await AbandonAsync(cancellationToken).ConfigureAwait(false);
            throw new BillingException("The ledger does not know the place where the backup was interrupted: it is another ledger, or of another version. Run the backup again; it begins anew.", e);
        }
    }

    private async Task CheckAsync(BackupState state, CancellationToken cancellationToken)
    {
        (long seen, long rows) = await _database.ReadAsync(
            async (session, token) => (await _tables.CountSeenAsync(session, state.Backup, token).ConfigureAwait(false), await _tables.CountAsync(session, token).ConfigureAwait(false)),
            cancellationToken).ConfigureAwait(false);
        if (state.Records == 0 && rows > 0 && !_options.AllowEmptySource)
        {
            await AbandonAsync(cancellationToken).ConfigureAwait(false);
            throw new BillingException(FormattableString.Invariant($"The ledger has no record, and its backup has {rows}. Nothing was deleted. Name the right ledger, or set {nameof(ExpenseBackupOptions)}.{nameof(ExpenseBackupOptions.AllowEmptySource)}."));
        }

        if (seen != state.Records)
        {
            await AbandonAsync(cancellationToken).ConfigureAwait(false);
            throw new BillingException(FormattableString.Invariant($"The ledger has {state.Records} records with {seen} different ids, so that the backup cannot hold each. Nothing was deleted. Give each expense an id of its own."));
        }
    }

    private async Task AbandonAsync(CancellationToken cancellationToken) =>
        await _database.WriteAsync((session, _, token) => _tables.RestartAsync(session, token), cancellationToken).ConfigureAwait(false);
}
