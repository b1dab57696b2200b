using System.Globalization;
using System.Text;

namespace Billing.Lambda.Expenses;

/// <summary>The statements of a backup. Each method runs inside its own transaction, and may be repeated.</summary>
internal static class BackupTables
{
    private const int RowsPerDelete = 5_000;

    /// <summary>Returns the backup in progress, or null.</summary>
    public static async Task<BackupState?> FindAsync(BackupSession session, CancellationToken cancellationToken)
    {
        object?[]? row = await session.RowAsync($"SELECT backup, token, all_read, records FROM `{BackupSchema.State}` WHERE id = 1 FOR UPDATE", [], cancellationToken);
        return row is null ? null : new BackupState((string)row[0]!, (string?)row[1], (long)row[2]! == 1, (long)row[3]!);
    }

    /// <summary>Returns the backup in progress, or starts one with this name.</summary>
    public static async Task<BackupState> BeginAsync(BackupSession session, string backup, CancellationToken cancellationToken)
    {
        if (await FindAsync(session, cancellationToken) is { } state)
        {
            return state;
        }

        await session.ExecuteAsync($"INSERT INTO `{BackupSchema.State}` (id, backup, token, all_read, records) VALUES (1, @p0, NULL, 0, 0)", [backup], cancellationToken);
        return new BackupState(backup, null, false, 0);
    }

    /// <summary>Writes a page and the progress after it, unless that was done already.</summary>
    /// <returns>The progress.</returns>
    public static async Task<BackupState?> WriteAsync(BackupSession session, BackupState at, Page<BillingRecord> page, CancellationToken cancellationToken)
    {
        BackupState? now = await FindAsync(session, cancellationToken);
        if (now != at)
        {
            return now;
        }

        if (page.Items.Count > 0)
        {
            await UpsertAsync(session, at.Backup, page.Items, cancellationToken);
        }

        BackupState then = new(at.Backup, page.ContinuationToken, page.ContinuationToken is null, at.Records + page.Items.Count);
        await session.ExecuteAsync(
            $"UPDATE `{BackupSchema.State}` SET token = @p0, all_read = @p1, records = @p2 WHERE id = 1", [then.Token, then.AllRead ? 1L : 0L, then.Records], cancellationToken);
        return then;
    }

    /// <summary>Starts again from the first page, because the token is from another time.</summary>
    public static async Task<bool> RestartAsync(BackupSession session, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync($"DELETE FROM `{BackupSchema.State}` WHERE id = 1", [], cancellationToken);
        return true;
    }

    /// <summary>Counts the expenses that a backup has seen.</summary>
    public static Task<long> CountSeenAsync(BackupSession session, string backup, CancellationToken cancellationToken) =>
        CountAsync(session, $"SELECT COUNT(*) FROM `{BackupSchema.Seen}` WHERE backup = @p0", [backup], cancellationToken);

    /// <summary>Counts the rows of the backup.</summary>
    public static Task<long> CountAsync(BackupSession session, CancellationToken cancellationToken) =>
        CountAsync(session, $"SELECT COUNT(*) FROM `{BackupSchema.Expenses}`", [], cancellationToken);

    /// <summary>Deletes some of the expenses that a backup has not seen.</summary>
    /// <returns>The number of deleted rows; a number below the limit means that none is left.</returns>
    public static async Task<long> DeleteAsync(BackupSession session, string backup, CancellationToken cancellationToken)
    {
        string limit = RowsPerDelete.ToString(CultureInfo.InvariantCulture);
        return await session.ExecuteAsync(
            $"DELETE FROM `{BackupSchema.Expenses}` WHERE expense_id NOT IN (SELECT expense_id FROM `{BackupSchema.Seen}` WHERE backup = @p0) LIMIT {limit}",
            [backup],
            cancellationToken);
    }

    /// <summary>Ends the backup.</summary>
    public static async Task<bool> EndAsync(BackupSession session, string backup, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync($"DELETE FROM `{BackupSchema.Seen}` WHERE backup <> @p0", [backup], cancellationToken);
        return await RestartAsync(session, cancellationToken);
    }

    private static async Task<long> CountAsync(BackupSession session, string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken) =>
        long.Parse((await session.ScalarAsync(sql, values, cancellationToken))!, CultureInfo.InvariantCulture);

    private static byte[] IdOf(BillingRecord record)
    {
        byte[] id = Encoding.UTF8.GetBytes(record.SourceId ?? record.Key.ToString());
        return id.Length <= BackupSchema.LongestExpenseId
            ? id
            : throw new BillingException(FormattableString.Invariant($"The id of the expense {record.Key} has {id.Length} bytes; the backup accepts at most {BackupSchema.LongestExpenseId}. Shorten it in the source."));
    }

    private static async Task UpsertAsync(BackupSession session, string backup, IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken)
    {
        object?[] expenses = [.. records.SelectMany(record => (object?[])
        [
            IdOf(record),
            record.Amount.Amount.ToString(CultureInfo.InvariantCulture),
            record.Description is { } description ? Encoding.UTF8.GetBytes(description) : null,
            record.Date.ToString("O", CultureInfo.InvariantCulture),
        ])];
        await session.WriteAsync(
            $"INSERT INTO `{BackupSchema.Expenses}` (`expense_id`, `amount`, `description`, `date`) VALUES {Rows(records.Count, 4)} ON DUPLICATE KEY UPDATE `amount` = VALUES(`amount`), `description` = VALUES(`description`), `date` = VALUES(`date`)",
            expenses,
            cancellationToken);

        object?[] seen = [.. records.SelectMany(record => (object?[])[IdOf(record), backup, record.Key.ToByteArray()])];
        await session.WriteAsync(
            $"INSERT INTO `{BackupSchema.Seen}` (`expense_id`, `backup`, `key_hash`) VALUES {Rows(records.Count, 3)} ON DUPLICATE KEY UPDATE `key_hash` = VALUES(`key_hash`), `backup` = VALUES(`backup`)",
            seen,
            cancellationToken);
    }

    private static string Rows(int count, int columns) => string.Join(
        ", ", Enumerable.Range(0, count).Select(row => $"({string.Join(", ", Enumerable.Range(row * columns, columns).Select(i => string.Create(CultureInfo.InvariantCulture, $"@p{i}")))})"));
}
