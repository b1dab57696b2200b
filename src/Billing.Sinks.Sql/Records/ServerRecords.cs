using System.Globalization;

namespace Billing.Sinks.Sql.Records;

/// <summary>The records in one table of a server, one row each.</summary>
internal sealed class ServerRecords : SqlRecords
{
    /// <summary>The number of keys in one statement: with more in one list, optimisers stop using the index.</summary>
    public const int KeysPerStatement = 500;

    private const long MostRowsOfOthers = 1_000;
    private const long MostTimesTheRows = 10;

    private readonly SqlTable _table;
    private readonly ServerDialect _dialect;
    private readonly string _columns;
    private readonly IRecordWriter _writer;
    private readonly RecordMoves _moves;

    /// <param name="server">The parts of the store.</param>
    public ServerRecords(ServerParts server)
    {
        _table = server.Schema.Records;
        _dialect = server.Dialect;
        _columns = RecordColumns.Of(server.Dialect);
        _writer = server.Writer;
        _moves = new RecordMoves(server.Schema, server.Dialect, this, server.Name);
    }

    /// <inheritdoc/>
    public override ValueTask<WriteOutcome[]> WriteAsync(SqlSession session, IReadOnlyList<BillingRecord> records, bool mayBeStored, CancellationToken cancellationToken) =>
        _writer.WriteAsync((ServerSession)session, records, mayBeStored, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyList<BillingRecord?>> FindAllAsync(SqlSession session, IReadOnlyList<RecordKey> keys, CancellationToken cancellationToken) =>
        FindAsync(session, keys, "", cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyList<BillingRecord?>> FindToChangeAsync(SqlSession session, IReadOnlyList<RecordKey> keys, CancellationToken cancellationToken) =>
        FindAsync(session, keys, " ORDER BY key_hash" + _dialect.ForUpdate, cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask RemoveAsync(SqlSession session, IReadOnlyList<RecordKey> keys, CancellationToken cancellationToken)
    {
        foreach (RecordKey[] some in keys.Chunk(KeysPerStatement))
        {
            await session.WriteAsync($"DELETE FROM {_table.Sql} WHERE key_hash IN ({List(some)})", [], some.Length, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Found by its source; null where that name has very many other rows, such as the name of a queue: reading them all would cost more than the run.</remarks>
    public override async ValueTask<RunTotals?> TotalsOfRunAsync(SqlSession session, IngestReport run, CancellationToken cancellationToken)
    {
        object? source = _dialect.Text(run.Source);
        string most = (MostRowsOfOthers + (MostTimesTheRows * run.Stored.Rows)).ToString(CultureInfo.InvariantCulture);
        if (await session.AnyAsync($"SELECT 1 FROM {_table.Sql} WHERE source = @p0 LIMIT 1 OFFSET {most}", [source], cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        string sql = $"""
            SELECT currency, reporting_currency, COUNT(*), {_dialect.Sums("amount")}, {_dialect.Sums("reporting_amount")}
            FROM {_table.Sql} WHERE source = @p0 AND run_id = @p1 GROUP BY 1, 2
            """;
        SummaryTotals totals = new();
        await foreach (SqlRow row in session.ReadAsync(sql, [source, _dialect.Text(run.RunId)], cancellationToken).ConfigureAwait(false))
        {
            totals.Add("", row.Int64(2), row.Text(0), Sum(row, 3), row.Text(1), Sum(row, 5));
        }

        return totals.ToRows() is [var all] ? new RunTotals(all.Billed, all.Reporting) : new RunTotals(ControlTotals.Zero, ControlTotals.Zero);
    }

    /// <inheritdoc/>
    public override SqlQuery Page(RecordQuery query, RecordPosition? after, int limit)
    {
        SqlConditions conditions = SqlConditions.Of(query, _dialect);
        if (after is { } position)
        {
            string date = position.Date.ToString("O", CultureInfo.InvariantCulture);

            // The first condition uses the index; the second removes earlier records of the same day.
            conditions.And("date >= {0}", date).And("(date > {0} OR key_hash > {1})", date, position.Key.ToByteArray());
        }

        return new SqlQuery(
            string.Create(CultureInfo.InvariantCulture, $"SELECT {_columns} FROM {_table.Sql} {conditions.Where} ORDER BY date, key_hash LIMIT {limit}"),
            conditions.Values);
    }

    /// <inheritdoc/>
    public override IEnumerable<SqlQuery> List(RecordListQuery query, RecordPlace? after, int limit)
    {
        string? value = query.Order switch
        {
            RecordOrder.Date => null,

            // By the name alone, PostgreSQL would order by what is selected under it: a text.
            RecordOrder.Amount => $"{_table.Sql}.reporting_amount",
            _ => _dialect.Sorted("COALESCE(party, '')"),
        };
        (string direction, string behind) = query.IsDescending ? (" DESC", "<") : ("", ">");
        SqlConditions conditions = SqlConditions.Of(query.Filter, _dialect);
        if (after is { } place)
        {
            string rest = $"(date {behind} {{0}} OR (date = {{0}} AND key_hash {behind} {{1}}))";
            string boundary = query.Order == RecordOrder.Amount ? _dialect.Number("{2}") : _dialect.Sorted("{2}");
            object? stated = query.Order == RecordOrder.Amount ? place.Amount.ToString(CultureInfo.InvariantCulture) : _dialect.Text(place.Party);

            // The first condition uses the index of dates.
            conditions.And(
                value is null ? $"date {behind}= {{0}} AND {rest}" : $"({value} {behind} {boundary} OR ({value} = {boundary} AND {rest}))",
                place.Date.ToString("O", CultureInfo.InvariantCulture),
                place.Key.ToByteArray(),
                stated);
        }

        string order = $"{(value is null ? "" : $"{value}{direction}, ")}date{direction}, key_hash{direction}";
        string sql = string.Create(CultureInfo.InvariantCulture, $"SELECT {_columns} FROM {_table.Sql} {conditions.Where} ORDER BY {order} LIMIT {limit}");
        return [new SqlQuery(sql, conditions.Values)];
    }

    /// <inheritdoc/>
    public override async ValueTask<IReadOnlyList<IReadOnlyList<SummaryRow>>> SummarizeAsync(SqlSession session, IReadOnlyList<SummaryBy> groupings, RecordQuery query, CancellationToken cancellationToken)
    {
        SqlConditions conditions = SqlConditions.Of(query, _dialect);
        List<IReadOnlyList<SummaryRow>> summaries = [];
        foreach (SummaryBy by in groupings)
        {
            string sql = $"""
                SELECT {_dialect.Exactly(_dialect.Group(by))}, currency, reporting_currency, COUNT(*),
                    {_dialect.Sums("amount")}, {_dialect.Sums("reporting_amount")}
                FROM {_table.Sql} {conditions.Where} GROUP BY 1, 2, 3
                """;
            SummaryTotals totals = new();
            await foreach (SqlRow row in session.ReadAsync(sql, conditions.Values, cancellationToken).ConfigureAwait(false))
            {
                totals.Add(row.Identifier(0), row.Int64(3), row.Text(1), Sum(row, 4), row.Text(2), Sum(row, 6));
            }

            summaries.Add(totals.ToRows());
        }

        return summaries;
    }

    /// <inheritdoc/>
    public override ValueTask MoveAsync(SqlSession session, IReadOnlyList<RecordMove> moves, CancellationToken cancellationToken) => _moves.ApplyAsync(session, moves, cancellationToken);

    private async ValueTask<IReadOnlyList<BillingRecord?>> FindAsync(SqlSession session, IReadOnlyList<RecordKey> keys, string order, CancellationToken cancellationToken)
    {
        Dictionary<RecordKey, BillingRecord> found = [];
        foreach (RecordKey[] some in keys.Distinct().Chunk(KeysPerStatement))
        {
            await foreach (SqlRow row in session.ReadAsync($"SELECT {_columns} FROM {_table.Sql} WHERE key_hash IN ({List(some)}){order}", [], cancellationToken).ConfigureAwait(false))
            {
                BillingRecord record = RecordFields.Read(row);
                found.Add(record.Key, record);
            }
        }

        return [.. keys.Select(key => found.GetValueOrDefault(key))];
    }

    // The sum of an amount, from the two texts that the statement gives of it.
    private static ExactSum Sum(SqlRow row, int column) => ExactSum.Parse(row.Text(column)) + ExactSum.Parse(row.Text(column + 1));

    private string List(RecordKey[] keys) => string.Join(',', keys.Select(key => _dialect.Literal(key)));
}
