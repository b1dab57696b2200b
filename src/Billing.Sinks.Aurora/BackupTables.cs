using System.Globalization;
using System.Text;

namespace Billing.Sinks.Aurora;

/// <summary>The statements of a backup. Each method is used inside a transaction of its own, and may be repeated.</summary>
internal sealed class BackupTables(BackupSchema schema)
{
    private const int RowsPerDelete = 5_000;

    // MySQL 8 warns that VALUES() is old; what it names instead, MariaDB does not know.
    private const int OldSyntax = 1287;

    /// <summary>The backup that is under way, or null.</summary>
    public async ValueTask<BackupState?> FindAsync(SqlSession session, CancellationToken cancellationToken)
    {
        BackupState? state = null;
        string sql = $"SELECT backup, token, all_read, records FROM `{schema.State.Name}` WHERE id = 1 FOR UPDATE";
        await foreach (SqlRow row in session.ReadAsync(sql, [], cancellationToken).ConfigureAwait(false))
        {
            state = new BackupState(row.Text(0), row.TextOrNull(1), row.Int64(2) == 1, row.Int64(3));
        }

        return state;
    }

    /// <summary>The backup that is under way, or a new one of that name.</summary>
    public async ValueTask<BackupState> BeginAsync(SqlSession session, string backup, CancellationToken cancellationToken)
    {
        if (await FindAsync(session, cancellationToken).ConfigureAwait(false) is { } state)
        {
            return state;
        }

        await session.WriteAsync($"INSERT INTO `{schema.State.Name}` (id, backup, token, all_read, records) VALUES (1, @p0, NULL, 0, 0)", [backup], 1, cancellationToken).ConfigureAwait(false);
        return new BackupState(backup, null, false, 0);
    }

    /// <summary>Writes a page and how far the backup is then, unless that was done already.</summary>
    /// <returns>How far it is.</returns>
    public async ValueTask<BackupState?> WriteAsync(SqlSession session, BackupState at, Page<BillingRecord> page, CancellationToken cancellationToken)
    {
        BackupState? now = await FindAsync(session, cancellationToken).ConfigureAwait(false);
        if (now != at)
        {
            return now;
        }

        if (page.Items.Count > 0)
        {
            await UpsertAsync(session, at.Backup, page.Items, cancellationToken).ConfigureAwait(false);
        }

        BackupState then = new(at.Backup, page.ContinuationToken, page.ContinuationToken is null, at.Records + page.Items.Count);
        await session.ExecuteAsync(
            $"UPDATE `{schema.State.Name}` SET token = @p0, all_read = @p1, records = @p2 WHERE id = 1", [then.Token, then.AllRead ? 1L : 0L, then.Records], cancellationToken).ConfigureAwait(false);
        return then;
    }

    /// <summary>Starts reading from the first page again: the token is of another time.</summary>
    public async ValueTask<bool> RestartAsync(SqlSession session, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync($"DELETE FROM `{schema.State.Name}` WHERE id = 1", cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>The number of expenses that a backup met.</summary>
    public ValueTask<long> CountSeenAsync(SqlSession session, string backup, CancellationToken cancellationToken) =>
        CountAsync(session, $"SELECT COUNT(*) FROM `{schema.Seen.Name}` WHERE backup = @p0", [backup], cancellationToken);

    /// <summary>The number of rows of the backup.</summary>
    public ValueTask<long> CountAsync(SqlSession session, CancellationToken cancellationToken) =>
        CountAsync(session, $"SELECT COUNT(*) FROM `{schema.Expenses.Name}`", [], cancellationToken);

    /// <summary>Deletes some of the expenses that a backup did not meet.</summary>
    /// <returns>How many; fewer than there could be means that none is left.</returns>
    public async ValueTask<long> DeleteAsync(SqlSession session, string backup, CancellationToken cancellationToken)
    {
        string limit = RowsPerDelete.ToString(CultureInfo.InvariantCulture);
        return await session.ExecuteAsync(
            $"DELETE FROM `{schema.Expenses.Name}` WHERE expense_id NOT IN (SELECT expense_id FROM `{schema.Seen.Name}` WHERE backup = @p0) LIMIT {limit}",
            [backup],
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the backup.</summary>
    public async ValueTask<bool> EndAsync(SqlSession session, string backup, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync($"DELETE FROM `{schema.Seen.Name}` WHERE backup <> @p0", [backup], cancellationToken).ConfigureAwait(false);
        return await RestartAsync(session, cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<long> CountAsync(SqlSession session, string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        long count = 0;
        await foreach (SqlRow row in session.ReadAsync(sql, values, cancellationToken).ConfigureAwait(false))
        {
            count = row.Int64(0);
        }

        return count;
    }

    private static byte[] IdOf(BillingRecord record)
    {
        byte[] id = Encoding.UTF8.GetBytes(record.SourceId ?? record.Key.ToString());
        return id.Length <= BackupSchema.LongestExpenseId
            ? id
            : throw new BillingException(FormattableString.Invariant($"The id of the expense {record.Key} has {id.Length} bytes, and the backup takes {BackupSchema.LongestExpenseId}. Shorten it in the source."));
    }

    private async ValueTask UpsertAsync(SqlSession session, string backup, IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken)
    {
        object?[] expenses = [.. records.SelectMany(record => (object?[])
        [
            IdOf(record),
            record.Amount.Amount.ToString(CultureInfo.InvariantCulture),
            record.Description is { } description ? Encoding.UTF8.GetBytes(description) : null,
            record.Date.ToString("O", CultureInfo.InvariantCulture),
        ])];
        await ExecuteAsync(
            session,
            $"INSERT INTO `{schema.Expenses.Name}` (`expense_id`, `amount`, `description`, `date`) VALUES {Rows(records.Count, 4)} ON DUPLICATE KEY UPDATE `amount` = VALUES(`amount`), `description` = VALUES(`description`), `date` = VALUES(`date`)",
            expenses,
            cancellationToken).ConfigureAwait(false);

        object?[] seen = [.. records.SelectMany(record => (object?[])[IdOf(record), backup, record.Key.ToByteArray()])];
        await ExecuteAsync(
            session,
            $"INSERT INTO `{schema.Seen.Name}` (`expense_id`, `backup`, `key_hash`) VALUES {Rows(records.Count, 3)} ON DUPLICATE KEY UPDATE `key_hash` = VALUES(`key_hash`), `backup` = VALUES(`backup`)",
            seen,
            cancellationToken).ConfigureAwait(false);
    }

    private static string Rows(int count, int columns) => string.Join(
        ", ", Enumerable.Range(0, count).Select(row => $"({string.Join(", ", Enumerable.Range(row * columns, columns).Select(ParameterNames.Of))})"));

    private static async ValueTask ExecuteAsync(SqlSession session, string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync(sql, values, cancellationToken).ConfigureAwait(false);
        if (((AuroraSession)session).Warnings.FirstOrDefault(warning => (int)warning.ErrorCode != OldSyntax) is { } found)
        {
            throw new BillingException(FormattableString.Invariant($"The server warned of a page of the backup (code {(int)found.ErrorCode}: {found.Message}). Nothing of the page was written, because a warning may mean a changed value."));
        }
    }
}
