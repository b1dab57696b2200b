using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MySqlConnector;

namespace Billing.Lambda.Expenses;

/// <summary>
/// Copies a store to the table <c>expenses(expense_id, amount, description, date)</c> of a MySQL database: copies every page, updates changed rows, and deletes rows whose
/// record no longer exists. An interrupted backup continues where it stopped. The id is that of the source, or the key of the record if the source has none.
/// </summary>
internal sealed class ExpenseBackup : IAsyncDisposable
{
    private readonly ExpenseBackupOptions _options;
    private readonly BackupDatabase _database;

    /// <summary>A backup to the database that <paramref name="open"/> opens: on first use, and again when the server denies access. The backup disposes what it gives.</summary>
    public ExpenseBackup(Func<CancellationToken, ValueTask<MySqlDataSource>> open, ExpenseBackupOptions? options = null, TimeProvider? timeProvider = null, ILogger<ExpenseBackup>? logger = null)
    {
        _options = options ?? new ExpenseBackupOptions();
        _database = new BackupDatabase(open, _options.CreateTables, timeProvider ?? TimeProvider.System, (ILogger?)logger ?? NullLogger.Instance);
    }

    /// <summary>Sees that the tables are there; creates those that are missing where <see cref="ExpenseBackupOptions.CreateTables"/> says so. <see cref="RunAsync"/> does it by itself.</summary>
    /// <exception cref="StoreMissingException">None of the tables exists.</exception>
    /// <exception cref="BillingException">Some of the tables are missing, or the database failed.</exception>
    public Task PrepareAsync(CancellationToken cancellationToken = default) => _database.RunAsync(static (_, _) => Task.FromResult(true), cancellationToken);

    /// <summary>Makes the backup equal to the store.</summary>
    /// <exception cref="BillingException">The database or the store failed, two records have the same id, or the store is empty and the backup is not. Run it again: it continues where it stopped.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled. Run it again: it continues where it stopped.</exception>
    public async Task<ExpenseBackupReport> RunAsync(IBillingStore source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        string name = Guid.NewGuid().ToString("N");
        BackupState state = await _database.RunAsync((session, token) => BackupTables.BeginAsync(session, name, token), cancellationToken);
        bool isResumed = state.Backup != name;
        while (!state.AllRead)
        {
            Page<BillingRecord> page = await PageAsync(source, state, cancellationToken);
            BackupState at = state;
            state = await _database.RunAsync((session, token) => BackupTables.WriteAsync(session, at, page, token), cancellationToken)
                ?? throw new BillingException("Another backup to the same table has finished meanwhile. Run only one at a time.");
        }

        await CheckAsync(state, cancellationToken);
        long deleted = 0;
        long now;
        do
        {
            now = await _database.RunAsync((session, token) => BackupTables.DeleteAsync(session, state.Backup, token), cancellationToken);
            deleted += now;
        }
        while (now > 0);

        await _database.RunAsync((session, token) => BackupTables.EndAsync(session, state.Backup, token), cancellationToken);
        return new ExpenseBackupReport(state.Records, deleted, isResumed);
    }

    /// <summary>Ends the use of the backup.</summary>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async Task<Page<BillingRecord>> PageAsync(IBillingStore source, BackupState state, CancellationToken cancellationToken)
    {
        try
        {
            return await source.QueryAsync(new RecordQuery { PageSize = _options.PageSize, ContinuationToken = state.Token }, cancellationToken);
        }
        catch (ArgumentException e) when (state.Token is not null)
        {
            await AbandonAsync(cancellationToken);
            throw new BillingException("The ledger does not know the position at which the backup was interrupted: it is another ledger, or of another version. Run the backup again; it starts from the beginning.", e);
        }
    }

    private async Task CheckAsync(BackupState state, CancellationToken cancellationToken)
    {
        (long seen, long rows) = await _database.RunAsync(
            async (session, token) => (await BackupTables.CountSeenAsync(session, state.Backup, token), await BackupTables.CountAsync(session, token)),
            cancellationToken);
        if (state.Records == 0 && rows > 0 && !_options.AllowEmptySource)
        {
            await AbandonAsync(cancellationToken);
            throw new BillingException(FormattableString.Invariant($"The ledger has no records, but its backup has {rows}. Nothing was deleted. Name the right ledger, or set {nameof(ExpenseBackupOptions)}.{nameof(ExpenseBackupOptions.AllowEmptySource)}."));
        }

        if (seen != state.Records)
        {
            await AbandonAsync(cancellationToken);
            throw new BillingException(FormattableString.Invariant($"The ledger has {state.Records} records but only {seen} different ids, so the backup cannot hold them all. Nothing was deleted. Give each expense its own id."));
        }
    }

    private async Task AbandonAsync(CancellationToken cancellationToken) =>
        await _database.RunAsync((session, token) => BackupTables.RestartAsync(session, token), cancellationToken);
}
