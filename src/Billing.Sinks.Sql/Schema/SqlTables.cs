namespace Billing.Sinks.Sql.Schema;

/// <summary>Checks that the tables exist and match the schema.</summary>
internal sealed class SqlTables(ServerDialect dialect, IReadOnlyList<SqlTable> tables, string optionsName)
{
    /// <summary>The SQL that creates all tables, for people.</summary>
    public string Sql => string.Concat(tables.SelectMany(dialect.Create).Select(statement => statement + ";\n"));

    /// <summary>Creates the tables if the options say so, and checks that they match the schema.</summary>
    /// <exception cref="StoreMissingException">None of the tables exists.</exception>
    /// <exception cref="BillingException">A table is missing, or one of its columns could not hold every value exactly.</exception>
    public async ValueTask PrepareAsync(SqlSession session, bool create, CancellationToken cancellationToken)
    {
        List<SqlTable> missing = await CheckAsync(session, cancellationToken).ConfigureAwait(false);
        if (missing.Count == 0)
        {
            return;
        }

        if (!create)
        {
            string message = $"The database has no table {string.Join(" and no table ", missing.Select(table => table.Name))}. Set {optionsName}.CreateTables, or run:\n{Sql}";
            // Some tables without the others are a store of an older version, or a damaged one.
            throw missing.Count == tables.Count ? new StoreMissingException(message) : new BillingException(message);
        }

        foreach (SqlTable table in missing)
        {
            foreach (string statement in dialect.Create(table))
            {
                await session.ExecuteAsync(statement, cancellationToken).ConfigureAwait(false);
            }
        }

        await CheckAsync(session, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<List<SqlTable>> CheckAsync(SqlSession session, CancellationToken cancellationToken)
    {
        List<SqlTable> missing = [];
        foreach (SqlTable table in tables)
        {
            Dictionary<string, (string Type, string? Collation, bool Nullable)> found = await FoundAsync(session, table.Name, cancellationToken).ConfigureAwait(false);
            if (found.Count == 0)
            {
                missing.Add(table);
                continue;
            }

            foreach (SqlColumn column in table.Columns)
            {
                (string type, string? collation) = dialect.TypeOf(column);
                if (!found.TryGetValue(column.Name, out (string Type, string? Collation, bool Nullable) actual) || actual != (type, collation, column.Nullable))
                {
                    throw new BillingException(
                        $"The table {table.Name} has {(actual.Type is null ? $"no column {dialect.Quote(column.Name)}" : $"the column {dialect.Define(column.Name, actual.Type, actual.Collation, actual.Nullable)}")}, but {dialect.Definition(column)} is needed: no other column could hold every value exactly. Alter the table, or use another {optionsName}.TablePrefix.");
                }
            }

            if (!await session.AnyAsync(dialect.PrimaryKeySql, [table.Name, table.Columns[0].Name], cancellationToken).ConfigureAwait(false))
            {
                throw new BillingException($"The table {table.Name} has no PRIMARY KEY of only the column {dialect.Quote(table.Columns[0].Name)}, so nothing would prevent a record from being stored twice. Alter the table.");
            }
        }

        return missing;
    }

    private async ValueTask<Dictionary<string, (string Type, string? Collation, bool Nullable)>> FoundAsync(SqlSession session, string table, CancellationToken cancellationToken)
    {
        Dictionary<string, (string, string?, bool)> columns = [];
        await foreach (SqlRow row in session.ReadAsync(dialect.CatalogSql, [table], cancellationToken).ConfigureAwait(false))
        {
            columns.Add(row.Text(0), (dialect.TypeShown(row.Text(1)), row.TextOrNull(2), row.Text(3) == "YES"));
        }

        return columns;
    }
}
