using System.Globalization;

namespace Billing.Sinks.Aurora;

/// <summary>
/// Loads rows by <c>LOAD DATA LOCAL INFILE</c> into a temporary table of bytes, which can change no value, and from there
/// into the ledger by one <c>INSERT</c>, which a wrong value or a key that is there makes fail.
/// </summary>
internal sealed class InfileInsert(AuroraTable table)
{
    private readonly string _staging = table.Name + "_staging";

    /// <summary>Makes an empty staging table, which only this connection sees.</summary>
    public async ValueTask PrepareAsync(AuroraSession session, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync($"DROP TEMPORARY TABLE IF EXISTS `{_staging}`", cancellationToken).ConfigureAwait(false);
        await session.ExecuteAsync(
            $"CREATE TEMPORARY TABLE `{_staging}` ({string.Join(", ", table.Columns.Select(column => $"`{column.Name}` LONGBLOB NULL"))}) ENGINE=InnoDB ROW_FORMAT=DYNAMIC",
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Drops the staging table, so that a connection that is used again is as it was.</summary>
    public async ValueTask ClearAsync(AuroraSession session, CancellationToken cancellationToken) =>
        await session.ExecuteAsync($"DROP TEMPORARY TABLE IF EXISTS `{_staging}`", cancellationToken).ConfigureAwait(false);

    /// <summary>Loads a file that <see cref="InfileWriter"/> wrote, and inserts its rows.</summary>
    public async ValueTask InsertAsync(AuroraSession session, string path, int rows, CancellationToken cancellationToken)
    {
        await session.WriteAsync(LoadSql(path), [], rows, cancellationToken).ConfigureAwait(false);
        await session.WriteAsync($"INSERT INTO `{table.Name}` ({table.ColumnList}) SELECT {table.ColumnList} FROM `{_staging}`", [], rows, cancellationToken).ConfigureAwait(false);
    }

    private string LoadSql(string path)
    {
        string literal = path.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal);
        return string.Create(
            CultureInfo.InvariantCulture,
            $@"LOAD DATA LOCAL INFILE '{literal}' INTO TABLE `{_staging}` CHARACTER SET binary FIELDS TERMINATED BY '\t' ESCAPED BY '\\' LINES TERMINATED BY '\n' ({table.ColumnList})");
    }
}
