using MySqlConnector;

namespace Billing.Sinks.Aurora.Writing;

/// <summary>
/// Loads the rows of a batch from memory with <c>LOAD DATA LOCAL INFILE</c>. The server reads such a stream to its end whatever it finds, and
/// turns each error into a warning. Therefore either every row is written without a warning, or all of it is undone.
/// </summary>
internal sealed class BulkInsert(SqlTable table)
{
    /// <summary>Loads rows inside the transaction of the caller.</summary>
    /// <returns>Whether all rows were written; if not, one of their keys existed already, and the transaction is as it was before.</returns>
    /// <exception cref="BillingException">The server reported a warning, or wrote a different number of rows. The caller must not commit.</exception>
    public async ValueTask<bool> TryInsertAsync(AuroraSession session, UnstoredRows rows, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync("SAVEPOINT billing_rows", cancellationToken).ConfigureAwait(false);
        RowStream stream = new(rows, cancellationToken);
        await using (stream.ConfigureAwait(false))
        {
            int written = await session.LoadAsync(table, stream, cancellationToken).ConfigureAwait(false);
            if (session.Warnings.Count > 0 && session.Warnings.All(warning => warning.ErrorCode == MySqlErrorCode.DuplicateKeyEntry))
            {
                await session.ExecuteAsync("ROLLBACK TO SAVEPOINT billing_rows", cancellationToken).ConfigureAwait(false);
                return false;
            }

            session.DemandWhole(written, stream.Rows);
            return true;
        }
    }
}
