using System.Globalization;

namespace Billing.Sinks.Sql;

/// <summary>Reads the records of the ledger.</summary>
internal sealed class RecordTable(SqlTable table)
{
    /// <summary>How many keys go into one statement: more in one list make optimisers give up their index.</summary>
    public const int KeysPerStatement = 500;

    private const long MostRowsOfOthers = 1_000;
    private const long MostTimesTheRows = 10;

    private readonly SqlDialect _dialect = table.Dialect;
    private readonly string _columns = RecordReader.Columns(table.Dialect);

    /// <summary>The record with that key, or null.</summary>
    public async ValueTask<BillingRecord?> FindAsync(SqlSession session, RecordKey key, CancellationToken cancellationToken)
    {
        BillingRecord? record = null;
        await foreach (SqlRow row in session.ReadAsync($"SELECT {_columns} FROM {table.Sql} WHERE key_hash = {_dialect.Literal(key)}", [], cancellationToken).ConfigureAwait(false))
        {
            record = RecordReader.Read(row);
        }

        return record;
    }

    /// <summary>The record of each key, in their order; null where there is none.</summary>
    public async ValueTask<IReadOnlyList<BillingRecord?>> FindAllAsync(SqlSession session, IReadOnlyList<RecordKey> keys, CancellationToken cancellationToken)
    {
        Dictionary<RecordKey, BillingRecord> found = [];
        foreach (RecordKey[] some in keys.Distinct().Chunk(KeysPerStatement))
        {
            string list = string.Join(',', some.Select(key => $"{_dialect.Literal(key)}"));
            await foreach (SqlRow row in session.ReadAsync($"SELECT {_columns} FROM {table.Sql} WHERE key_hash IN ({list})", [], cancellationToken).ConfigureAwait(false))
            {
                BillingRecord record = RecordReader.Read(row);
                found.Add(record.Key, record);
            }
        }

        return [.. keys.Select(key => found.GetValueOrDefault(key))];
    }

    /// <summary>
    /// What the table holds of a run, found by its source; null where that name has very many other rows, such as the name of a queue:
    /// reading them all would cost more than the run.
    /// </summary>
    public async ValueTask<RunTotals?> TotalsOfRunAsync(SqlSession session, IngestReport run, CancellationToken cancellationToken)
    {
        object? source = _dialect.Text(run.Source);
        string most = (MostRowsOfOthers + (MostTimesTheRows * run.Stored.Rows)).ToString(CultureInfo.InvariantCulture);
        if (await session.AnyAsync($"SELECT 1 FROM {table.Sql} WHERE source = @p0 LIMIT 1 OFFSET {most}", [source], cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        string sql = $"""
            SELECT currency, reporting_currency, COUNT(*), {_dialect.Sums("amount")}, {_dialect.Sums("reporting_amount")}
            FROM {table.Sql} WHERE source = @p0 AND run_id = @p1 GROUP BY 1, 2
            """;
        SummaryTotals totals = new();
        await foreach (SqlRow row in session.ReadAsync(sql, [source, _dialect.Text(run.RunId)], cancellationToken).ConfigureAwait(false))
        {
            totals.Add("", row.Int64(2), row.Text(0), Sum(row, 3), row.Text(1), Sum(row, 5));
        }

        return totals.ToRows() is [var all] ? new RunTotals(all.Billed, all.Reporting) : new RunTotals(ControlTotals.Zero, ControlTotals.Zero);
    }

    /// <summary>One page of records, by date, then key.</summary>
    public async ValueTask<Page<BillingRecord>> QueryAsync(SqlSession session, RecordQuery query, CancellationToken cancellationToken)
    {
        PageBudget budget = new(query);
        QueryIdentity identity = QueryIdentity.Of(query);
        SqlConditions conditions = SqlConditions.Of(query, _dialect);
        if (PageToken.Read(query, identity) is { } token)
        {
            RecordPosition after = RecordPosition.Parse(token);
            string date = after.Date.ToString("O", CultureInfo.InvariantCulture);

            // The first term stands in the index; the second takes off what shares the day.
            conditions.And("date >= {0}", date).And("(date > {0} OR key_hash > {1})", date, after.Key.ToByteArray());
        }

        List<BillingRecord> records = [];
        string sql = string.Create(CultureInfo.InvariantCulture, $"SELECT {_columns} FROM {table.Sql} {conditions.Where} ORDER BY date, key_hash LIMIT {budget.Size + 1}");
        await foreach (SqlRow row in session.ReadAsync(sql, conditions.Values, cancellationToken).ConfigureAwait(false))
        {
            records.Add(RecordReader.Read(row));
            if (budget.IsPast(records[^1]))
            {
                break;
            }
        }

        return PageToken.Cut(records, budget.Size, identity, record => RecordPosition.Of(record).ToBytes());
    }

    /// <summary>Exact totals by group.</summary>
    public async ValueTask<IReadOnlyList<SummaryRow>> SummarizeAsync(SqlSession session, SummaryBy by, RecordQuery query, CancellationToken cancellationToken)
    {
        SqlConditions conditions = SqlConditions.Of(query, _dialect);
        string sql = $"""
            SELECT {_dialect.Exactly(_dialect.Group(by))}, currency, reporting_currency, COUNT(*),
                {_dialect.Sums("amount")}, {_dialect.Sums("reporting_amount")}
            FROM {table.Sql} {conditions.Where} GROUP BY 1, 2, 3
            """;
        SummaryTotals totals = new();
        await foreach (SqlRow row in session.ReadAsync(sql, conditions.Values, cancellationToken).ConfigureAwait(false))
        {
            totals.Add(row.Identifier(0), row.Int64(3), row.Text(1), Sum(row, 4), row.Text(2), Sum(row, 6));
        }

        return totals.ToRows();
    }

    private static ExactSum Sum(SqlRow row, int column) => ExactSum.Parse(row.Text(column)) + ExactSum.Parse(row.Text(column + 1));
}
