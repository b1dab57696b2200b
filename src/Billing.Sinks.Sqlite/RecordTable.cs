using System.Globalization;

namespace Billing.Sinks.Sqlite;

/// <summary>Reads the records of the ledger.</summary>
internal static class RecordTable
{
    // The joins' order is fixed, so that the records come in the order that was asked for, and not in that of the origins.
    private const string Joined = "CROSS JOIN records AS r ON r.id = d.id CROSS JOIN origins AS o ON o.id = r.origin";

    // The records that record_keys and record_dates do not have yet, as these would have them.
    private const string Unsorted = "(SELECT date, substr(key, 1, 8) AS head, id FROM records WHERE id > (SELECT through FROM record_order))";

    /// <summary>The record with that key, or null.</summary>
    public static BillingRecord? Find(SqliteSession session, RecordKey key)
    {
        using SqliteStatement statement = session.Prepare(
            $"""
            SELECT {RecordReader.Columns} FROM record_keys AS d {Joined} WHERE d.head = substr(?1, 1, 8) AND r.key = ?1
            UNION ALL
            SELECT {RecordReader.Columns} FROM {Unsorted} AS d {Joined} WHERE r.key = ?1
            """);
        statement.BindKey(1, key);
        return statement.Step() ? RecordReader.Read(statement) : null;
    }

    /// <summary>One page of records, by date, then key.</summary>
    public static Page<BillingRecord> Query(SqliteSession session, RecordQuery query, CancellationToken cancellationToken)
    {
        int size = PageToken.SizeOf(query);
        QueryIdentity identity = QueryIdentity.Of(query);
        RecordPosition? after = PageToken.Read(query, identity) is { } token ? RecordPosition.Parse(token) : null;
        using SqliteStatement statement = session.Prepare(PageSql(query, after, size + 1, out SqlConditions conditions));
        conditions.BindTo(statement);
        List<BillingRecord> records = [];
        while (statement.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            records.Add(RecordReader.Read(statement));
        }

        return PageToken.Cut(records, size, identity, record => RecordPosition.Of(record).ToBytes());
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
