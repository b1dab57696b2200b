namespace Billing.Sinks.Aurora;

/// <summary>Makes sure that tables are there, and are as they must be.</summary>
internal sealed class AuroraTables(IReadOnlyList<AuroraTable> tables)
{
    /// <summary>The SQL that creates all of them, for people.</summary>
    public string Sql => string.Concat(tables.Select(table => table.Create + ";\n"));

    /// <summary>Creates the tables where that is asked for, and makes sure that they are as they must be.</summary>
    /// <exception cref="StoreMissingException">None of the tables is there.</exception>
    /// <exception cref="BillingException">A table is not there, or a column of it would not hold what is written exactly.</exception>
    public async ValueTask PrepareAsync(AuroraSession session, bool create, CancellationToken cancellationToken)
    {
        List<AuroraTable> missing = await CheckAsync(session, cancellationToken).ConfigureAwait(false);
        if (missing.Count == 0)
        {
            return;
        }

        if (!create)
        {
            string message = $"The database has no table {string.Join(" and no table ", missing.Select(table => table.Name))}. Set {nameof(AuroraSinkOptions)}.{nameof(AuroraSinkOptions.CreateSchema)}, or run:\n{Sql}";
            // Some tables without the others are a store of an older version, or a damaged one.
            throw missing.Count == tables.Count ? new StoreMissingException(message) : new BillingException(message);
        }

        foreach (AuroraTable table in missing)
        {
            await session.ExecuteAsync(table.Create, cancellationToken).ConfigureAwait(false);
        }

        await CheckAsync(session, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<List<AuroraTable>> CheckAsync(AuroraSession session, CancellationToken cancellationToken)
    {
        List<AuroraTable> missing = [];
        foreach (AuroraTable table in tables)
        {
            Dictionary<string, TableColumn> found = await FoundAsync(session, table.Name, cancellationToken).ConfigureAwait(false);
            if (found.Count == 0)
            {
                missing.Add(table);
                continue;
            }

            foreach (TableColumn column in table.Columns)
            {
                TableColumn? actual = found.GetValueOrDefault(column.Name);
                if (actual != column)
                {
                    throw new BillingException(
                        $"The table {table.Name} has {(actual is null ? $"no column `{column.Name}`" : $"the column {actual.Definition}")}, but {column.Definition} is needed: anything else would not hold every value exactly. Alter the table, or use another {nameof(AuroraSinkOptions)}.{nameof(AuroraSinkOptions.TablePrefix)}.");
                }
            }

            if (!await session.AnyAsync(UniqueKey, [table.Name, table.Columns[0].Name], cancellationToken).ConfigureAwait(false))
            {
                throw new BillingException($"The table {table.Name} has no PRIMARY KEY of the column `{table.Columns[0].Name}` alone, so that nothing would keep a record from being stored twice. Alter the table.");
            }
        }

        return missing;
    }

    private const string UniqueKey = """
        SELECT 1 FROM information_schema.statistics
        WHERE table_schema = DATABASE() AND table_name = @p0 AND index_name = 'PRIMARY'
        GROUP BY index_name HAVING COUNT(*) = 1 AND MAX(column_name) = @p1 AND MAX(sub_part) IS NULL
        """;

    private static async ValueTask<Dictionary<string, TableColumn>> FoundAsync(AuroraSession session, string table, CancellationToken cancellationToken)
    {
        const string Sql = "SELECT column_name, column_type, collation_name, is_nullable FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = @p0";
        Dictionary<string, TableColumn> columns = [];
        await foreach (AuroraRow row in session.ReadAsync(Sql, [table], cancellationToken).ConfigureAwait(false))
        {
            columns.Add(row.Text(0), new TableColumn(row.Text(0), WithoutDisplayWidth(row.Text(1)), row.TextOrNull(2), row.Text(3) == "YES"));
        }

        return columns;
    }

    // MariaDB shows bigint(20) where MySQL 8 shows bigint: the width of a display says nothing about the values.
    private static string WithoutDisplayWidth(string type)
    {
        int open = type.IndexOf('(', StringComparison.Ordinal);
        return open > 0 && type[..open].EndsWith("int", StringComparison.Ordinal) ? type[..open] + type[(type.IndexOf(')', StringComparison.Ordinal) + 1)..] : type;
    }
}
