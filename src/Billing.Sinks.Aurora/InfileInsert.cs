using System.Globalization;

namespace Billing.Sinks.Aurora;

/// <summary>
/// Loads rows by <c>LOAD DATA LOCAL INFILE</c>. The server reads such a file to its end whatever it finds, and turns each error
/// into a warning; so either every row was written without one warning, or all of it is undone.
/// </summary>
internal sealed class InfileInsert(AuroraTable table)
{
    private const string KeyIsThere = "1062";

    /// <summary>Marks the place in the transaction of the caller to which <see cref="TryInsertAsync"/> goes back.</summary>
    public static async ValueTask BeginAsync(AuroraSession session, CancellationToken cancellationToken) =>
        await session.ExecuteAsync("SAVEPOINT billing_files", cancellationToken).ConfigureAwait(false);

    /// <summary>Loads a file that <see cref="InfileWriter"/> wrote.</summary>
    /// <returns>Whether its rows were written; if not, one of their keys was there already, and the transaction is as it was when this began.</returns>
    /// <exception cref="BillingException">The server warned, or wrote another number of rows. Nothing is to be committed.</exception>
    public async ValueTask<bool> TryInsertAsync(AuroraSession session, string path, int rows, CancellationToken cancellationToken)
    {
        int written = await session.ExecuteAsync(LoadSql(path), cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ServerWarning> warnings = await session.WarningsAsync(cancellationToken).ConfigureAwait(false);
        if (warnings.Count > 0 && warnings.All(warning => warning.Code == KeyIsThere))
        {
            await session.ExecuteAsync("ROLLBACK TO SAVEPOINT billing_files", cancellationToken).ConfigureAwait(false);
            return false;
        }

        AuroraSession.DemandWhole(warnings, written, rows);
        return true;
    }

    private string LoadSql(string path)
    {
        string literal = path.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal);
        return string.Create(
            CultureInfo.InvariantCulture,
            $@"LOAD DATA LOCAL INFILE '{literal}' INTO TABLE `{table.Name}` CHARACTER SET binary FIELDS TERMINATED BY '\t' ESCAPED BY '\\' LINES TERMINATED BY '\n' ({table.ColumnList})");
    }
}
