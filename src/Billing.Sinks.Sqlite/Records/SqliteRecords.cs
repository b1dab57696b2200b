using System.Globalization;

namespace Billing.Sinks.Sqlite;

/// <summary>Reads the records of the ledger.</summary>
internal static class RecordTable
{
    // The joins' order is fixed, so that the records come in the order that was asked for, and not in that of the origins.
    private const string Joined = "CROSS JOIN records AS r ON r.id = d.id CROSS JOIN origins AS o ON o.id = r.origin";

    // The records that record_keys and record_dates do not have yet, as these would have them.
    private const string Unsorted = "(SELECT date, substr(key, 1, 8) AS head, id FROM records WHERE id > (SELECT through FROM record_order))";

    /// <summary>The query of what a run has stored.</summary>
    internal const string TotalsOfRunSql =
        "SELECT amount, currency, reporting_amount, reporting_currency FROM records INDEXED BY records_by_origin WHERE origin IN (SELECT id FROM origins WHERE run_id = ?1)";

    /// <summary>The record with that key, or null.</summary>
    public static BillingRecord? Find(SqliteSession session, RecordKey key) => FindAll(session, [key])[0];

    /// <summary>The record of each key, in their order; null where there is none.</summary>
    public static IReadOnlyList<BillingRecord?> FindAll(SqliteSession session, IReadOnlyList<RecordKey> keys)
    {
        BillingRecord?[] found = new BillingRecord?[keys.Count];
        using SqliteStatement sorted = session.Prepare($"SELECT {RecordReader.Columns} FROM record_keys AS d {Joined} WHERE d.head = substr(?1, 1, 8) AND r.key = ?1");
        Dictionary<RecordKey, List<int>> unsorted = [];
        for (int i = 0; i < found.Length; i++)
        {
            sorted.BindKey(1, keys[i]);
            found[i] = sorted.Step() ? RecordReader.Read(sorted) : null;
            sorted.Reset();
            if (found[i] is null && !unsorted.TryAdd(keys[i], [i]))
            {
                unsorted[keys[i]].Add(i);
            }
        }

        if (unsorted.Count > 0)
        {
            FindUnsorted(session, unsorted, found);
        }

        return found;
    }

    /// <summary>What the table holds of a run.</summary>
    public static RunTotals TotalsOfRun(SqliteSession session, string runId)
    {
        using SqliteStatement statement = session.Prepare(TotalsOfRunSql);
        statement.Bind(1, runId);
        RunAccumulator totals = new();
        while (statement.Step())
        {
            totals.Add(statement.Bytes(0), RecordReader.CurrencyOf(statement.Bytes(1)), statement.Bytes(2), RecordReader.CurrencyOf(statement.Bytes(3)));
        }

        return totals.Totals;
    }

    // One look at what is not sorted yet, however many keys are asked for: it has no index.
    private static void FindUnsorted(SqliteSession session, Dictionary<RecordKey, List<int>> keys, BillingRecord?[] found)
    {
        using SqliteStatement list = session.Prepare("SELECT key, id FROM records WHERE id > (SELECT through FROM record_order)");
        using SqliteStatement read = session.Prepare($"SELECT {RecordReader.Columns} FROM records AS r CROSS JOIN origins AS o ON o.id = r.origin WHERE r.id = ?1");
        while (list.Step())
        {
            if (keys.TryGetValue(list.Key(0), out List<int>? places))
            {
                read.Bind(1, list.Int64(1));
                BillingRecord? record = read.Step() ? RecordReader.Read(read) : null;
                read.Reset();
                places.ForEach(place => found[place] = record);
            }
        }
    }

    /// <summary>One page of records, by date, then key.</summary>
    public static Page<BillingRecord> Query(SqliteSession session, RecordQuery query, CancellationToken cancellationToken)
    {
        PageBudget budget = new(query);
        QueryIdentity identity = QueryIdentity.Of(query);
        RecordPosition? after = PageToken.Read(query, identity) is { } token ? RecordPosition.Parse(token) : null;
        using SqliteStatement statement = session.Prepare(PageSql(query, after, budget.Size + 1, out SqlConditions conditions));
        conditions.BindTo(statement);
        List<BillingRecord> records = [];
        while (statement.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            records.Add(RecordReader.Read(statement));
            if (budget.IsPast(records[^1]))
            {
                break;
            }
        }

        return PageToken.Cut(records, budget.Size, identity, record => RecordPosition.Of(record).ToBytes());
    }

    /// <summary>The query of a page, of at most <paramref name="limit"/> records after a position.</summary>
    internal static string PageSql(RecordQuery query, RecordPosition? after, int limit, out SqlConditions conditions)
    {
        // One line of one source is soonest found by its index. Everything else is read in order: whoever reads all pages of
        // a filter so reads the ledger once, and not once a page.
        bool byLine = query.Line is not null && (query.SourceName ?? query.RunId) is not null;
        conditions = SqlConditions.Of(query, byLine ? "r" : "d");
        if (after is { } position)
        {
            string date = position.Date.ToString("O", CultureInfo.InvariantCulture);
            byte[] key = position.Key.ToByteArray();

            // The first two terms stand in the table's order; the second condition takes off what shares them.
            conditions = byLine
                ? conditions.And("(r.date, r.key) > (?, ?)", [date, key])
                : conditions.And("(d.date, d.head) >= (?, substr(?, 1, 8))", [date, key]).And("(d.date > ? OR r.key > ?)", [date, key]);
        }

        if (byLine)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"SELECT {RecordReader.Columns} FROM records AS r INDEXED BY records_by_origin CROSS JOIN origins AS o ON o.id = r.origin {conditions.Where} ORDER BY r.date, r.key LIMIT {limit}");
        }

        const string Position = "SELECT d.date AS date, d.head AS head, r.key AS key, r.id AS id";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            SELECT {RecordReader.Columns} FROM (
                {Position} FROM record_dates AS d {Joined} {conditions.Where}
                UNION ALL
                {Position} FROM {Unsorted} AS d {Joined} {conditions.Where}
                ORDER BY 1, 2, 3 LIMIT {limit}
            ) AS d {Joined} ORDER BY d.date, d.head, d.key
            """);
    }

    /// <summary>Exact totals by group.</summary>
    public static IReadOnlyList<SummaryRow> Summarize(SqliteSession session, SummaryBy by, RecordQuery query)
    {
        string group = by switch
        {
            SummaryBy.Month => "substr(r.date, 1, 7)",
            SummaryBy.Category => "coalesce(r.category, '')",
            SummaryBy.Party => "coalesce(r.party, '')",
            SummaryBy.Currency => "r.currency",
            SummaryBy.Day => "r.date",

            // To the minute: a fraction of a second would be rounded, and might carry.
            SummaryBy.Minute => "coalesce(strftime('%Y-%m-%dT%H:%MZ', substr(r.instant, 1, 16) || substr(r.instant, -6)), '')",
            _ => throw new ArgumentOutOfRangeException(nameof(by), by, $"{by} is not a way to group. Use a value of {nameof(SummaryBy)}."),
        };

        // Without a limit of dates the whole ledger is read, soonest as it lies.
        bool dated = (query.From ?? query.To) is not null;
        SqlConditions conditions = SqlConditions.Of(query, dated ? "d" : "r");
        const string Values = "r.currency AS currency, r.reporting_currency AS reporting_currency, r.amount AS amount, r.reporting_amount AS reporting_amount";
        string from = dated
            ? $"""
              (
                  SELECT {group} AS name, {Values} FROM record_dates AS d {Joined} {conditions.Where}
                  UNION ALL
                  SELECT {group}, {Values} FROM {Unsorted} AS d {Joined} {conditions.Where}
              )
              """
            : $"(SELECT {group} AS name, {Values} FROM records AS r {conditions.Where})";
        using SqliteStatement statement = session.Prepare(
            $"SELECT name, currency, reporting_currency, count(*), exact_sum(amount), exact_sum(reporting_amount) FROM {from} GROUP BY 1, 2, 3");
        conditions.BindTo(statement);
        SummaryTotals totals = new();
        while (statement.Step())
        {
            totals.Add(statement.Text(0), statement.Int64(3), statement.Text(1), ExactSum.Parse(statement.Text(4)), statement.Text(2), ExactSum.Parse(statement.Text(5)));
        }

        return totals.ToRows();
    }
}
