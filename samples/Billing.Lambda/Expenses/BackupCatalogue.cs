namespace Billing.Lambda.Expenses;

/// <summary>Checks the tables of a backup against the catalogue of the server, and creates those that are missing.</summary>
internal static class BackupCatalogue
{
    private const string Columns = "SELECT column_name, column_type, collation_name, is_nullable FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = @p0";

    private const string PrimaryKey = """
        SELECT 1 FROM information_schema.statistics
        WHERE table_schema = DATABASE() AND table_name = @p0 AND index_name = 'PRIMARY'
        GROUP BY index_name HAVING COUNT(*) = 1 AND MAX(column_name) = @p1 AND MAX(sub_part) IS NULL
        """;

    /// <exception cref="StoreMissingException">None of the tables exists, and they may not be created.</exception>
    /// <exception cref="BillingException">Some tables are missing and may not be created, or a table would not hold every value exactly.</exception>
    public static async Task PrepareAsync(BackupSession session, bool createsTables, CancellationToken cancellationToken)
    {
        List<BackupTable> missing = await CheckAsync(session, cancellationToken);
        if (missing.Count == 0)
        {
            return;
        }

        if (!createsTables)
        {
            string message = $"The database has no table {string.Join(" and no table ", missing.Select(table => table.Name))}. Set BILLING_CREATE_SCHEMA, or run:\n{string.Join(";\n", missing.Select(table => table.Create))};";
            throw missing.Count == BackupSchema.Tables.Count ? new StoreMissingException(message) : new BillingException(message);
        }

        foreach (BackupTable table in missing)
        {
            await session.ExecuteAsync(table.Create, [], cancellationToken);
        }

        // Another program may have created a table of that name in the meantime.
        await CheckAsync(session, cancellationToken);
    }

    private static async Task<List<BackupTable>> CheckAsync(BackupSession session, CancellationToken cancellationToken)
    {
        List<BackupTable> missing = [];
        foreach (BackupTable table in BackupSchema.Tables)
        {
            Dictionary<string, BackupColumn> found = (await session.RowsAsync(Columns, [table.Name], cancellationToken)).Select(ColumnOf).ToDictionary(column => column.Name);
            if (found.Count == 0)
            {
                missing.Add(table);
                continue;
            }

            foreach (BackupColumn needed in table.Columns)
            {
                if (!found.TryGetValue(needed.Name, out BackupColumn? column) || column != needed)
                {
                    throw new BillingException($"The table {table.Name} has {(column is null ? $"no column `{needed.Name}`" : $"the column {column}")}, but {needed} is needed: anything else would not hold every value exactly. Alter the table, or rename it.");
                }
            }

            if (await session.ScalarAsync(PrimaryKey, [table.Name, table.Columns[0].Name], cancellationToken) is null)
            {
                throw new BillingException($"The primary key of the table {table.Name} is not the column `{table.Columns[0].Name}` alone, so an expense could be there twice. Alter the table, or rename it.");
            }
        }

        return missing;
    }

    private static BackupColumn ColumnOf(object?[] row) => new((string)row[0]!, Shown((string)row[1]!), (string?)row[2], (string)row[3]! == "YES");

    // MariaDB shows bigint(20) where MySQL 8 shows bigint: the display width has no effect on values.
    private static string Shown(string type)
    {
        int open = type.IndexOf('(', StringComparison.Ordinal);
        return open > 0 && type[..open].EndsWith("int", StringComparison.Ordinal) ? type[..open] + type[(type.IndexOf(')', StringComparison.Ordinal) + 1)..] : type;
    }
}
