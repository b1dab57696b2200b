using System.Globalization;

namespace Billing.Sinks.Sqlite.Records;

/// <summary>The statements that read records: <c>records AS r</c> with <c>origins AS o</c>, found by <c>record_keys</c> or <c>record_dates AS d</c>.</summary>
internal static class RecordStatements
{
    private const int MonthLength = 7;

    // So many rows are found by their dates in a few milliseconds.
    private const int Window = 2_000;

    /// <summary>The fields of a record.</summary>
    public static readonly string Columns = RecordColumns.Of(SqliteDialect.Instance, column => (column is "scope" or "source" or "run_id" ? "o." : "r.") + column);

    // The order of the joins is fixed, so that the records come in the requested order, not in that of the origins.
    private const string Joined = "CROSS JOIN records AS r ON r.id = d.id CROSS JOIN origins AS o ON o.id = r.origin";

    // The records that are not yet in record_keys and record_dates, in the form of these tables.
    private const string Unsorted = "(SELECT date, substr(key, 1, 8) AS head, id FROM records WHERE id > (SELECT through FROM record_order))";

    /// <summary>The record of a key, if it is among those that are sorted.</summary>
    public static readonly string Find = $"SELECT {Columns} FROM record_keys AS d {Joined} WHERE d.head = substr(?1, 1, 8) AND r.key = ?1";

    /// <summary>The record of an id.</summary>
    public static readonly string FindById = $"SELECT {Columns} FROM records AS r CROSS JOIN origins AS o ON o.id = r.origin WHERE r.id = ?1";

    /// <summary>The keys of the records that are not sorted.</summary>
    public const string UnsortedKeys = "SELECT key, id FROM records WHERE id > (SELECT through FROM record_order)";

    /// <summary>What a run has stored, as <see cref="GroupedTotals"/> adds it up.</summary>
    public const string TotalsOfRun =
        $"SELECT {GroupedTotals.Columns} FROM records AS r INDEXED BY records_by_origin WHERE origin IN (SELECT id FROM origins WHERE run_id = ?1)";

    /// <summary>A page of at most <paramref name="limit"/> records after a position.</summary>
    public static SqlQuery Page(RecordQuery query, RecordPosition? after, int limit)
    {
        // One line of one source is found fastest by its index. Everything else is read in order: a caller that reads all pages
        // of a filter then reads the store once, not once per page.
        bool byLine = query.Line is not null && (query.SourceName ?? query.RunId) is not null;
        SqlConditions conditions = SqlConditions.Of(query, SqliteDialect.Instance, byLine ? "r.date" : "d.date");
        if (after is { } position)
        {
            _ = byLine ? conditions.And("(r.date, r.key) > ({0}, {1})", Text(position.Date), position.Key.ToByteArray()) : Behind(conditions, ">", position.Date, position.Key);
        }

        if (byLine)
        {
            return new SqlQuery(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"SELECT {Columns} FROM records AS r INDEXED BY records_by_origin CROSS JOIN origins AS o ON o.id = r.origin {conditions.Where} ORDER BY r.date, r.key LIMIT {limit}"),
                conditions.Values);
        }

        return ByDate(conditions.Where, "", conditions.Values, "ASC", limit, limit);
    }

    /// <summary>The statements of a page of at most <paramref name="limit"/> records after a place, in the order of a list: the first that fills the page gives it, and the last gives what there is.</summary>
    public static IEnumerable<SqlQuery> List(RecordListQuery query, RecordPlace? after, int limit)
    {
        if (query.Order != RecordOrder.Date)
        {
            yield return ListSorted(query, after, limit);
        }
        else if (query.Filter with { From = null, To = null, PageSize = 1, MostBytes = null, ContinuationToken = null } == new RecordQuery { PageSize = 1 })
        {
            yield return ListByDate(query, after, limit, limit);
        }
        else
        {
            // What is looked for may be the first of the order, or stand far behind: then it is faster to read all in the order of the file, and sort what matches.
            yield return ListByDate(query, after, limit, Math.Max(limit, Window));
            yield return ListSorted(query, after, limit);
        }
    }

    /// <summary>The records that match, as <see cref="GroupedTotals"/> adds them up, with what each grouping needs.</summary>
    public static SqlQuery Summary(IReadOnlyList<SummaryBy> groupings, RecordQuery query)
    {
        string selected = string.Join(", ", groupings.Select(Group).Prepend(GroupedTotals.Columns));

        // Without limits on the date the whole store is read, fastest in the order of the table.
        bool dated = (query.From ?? query.To) is not null;
        SqlConditions conditions = SqlConditions.Of(query, SqliteDialect.Instance, dated ? "d.date" : "r.date");
        return new SqlQuery(Matching(selected, dated, conditions.Where), conditions.Values);
    }

    /// <summary>The group of a row, from the column that a summary selects for it: its first bytes are the month of a date.</summary>
    public static ReadOnlySpan<byte> GroupOf(SummaryBy by, ReadOnlySpan<byte> column) => by == SummaryBy.Month && column.Length > MonthLength ? column[..MonthLength] : column;

    private static string Group(SummaryBy by) => by switch
    {
        SummaryBy.Month or SummaryBy.Day => "r.date",
        SummaryBy.Category => "r.category",
        SummaryBy.Party => "r.party",
        SummaryBy.Currency => "r.currency",

        // To the minute: a fraction of a second would be rounded, and could carry over.
        SummaryBy.Minute => "strftime('%Y-%m-%dT%H:%MZ', substr(r.instant, 1, 16) || substr(r.instant, -6))",
        _ => throw SqlDialect.NoGroup(by),
    };

    // Of the first rows by date, those that match.
    private static SqlQuery ListByDate(RecordListQuery query, RecordPlace? after, int limit, int window)
    {
        (string direction, string behind) = Ways(query);
        SqlConditions conditions = SqlConditions.Of(new RecordQuery { From = query.Filter.From, To = query.Filter.To }, SqliteDialect.Instance, "d.date");
        if (after is { } place)
        {
            Behind(conditions, behind, place.Date, place.Key);
        }

        string within = conditions.Where;
        string where = conditions.And(query.Filter with { From = null, To = null }, "d.date").Where;
        return ByDate(within, where, conditions.Values, direction, window, limit);
    }

    // The first of all that match, in whatever order.
    private static SqlQuery ListSorted(RecordListQuery query, RecordPlace? after, int limit)
    {
        (string direction, string behind) = Ways(query);
        string value = query.Order switch
        {
            RecordOrder.Date => "''",
            RecordOrder.Amount => $"r.reporting_amount COLLATE {SqliteFunctions.AmountOrder}",
            _ => "coalesce(r.party, '')",
        };
        bool dated = (query.Filter.From ?? query.Filter.To) is not null;
        SqlConditions conditions = SqlConditions.Of(query.Filter, SqliteDialect.Instance, dated ? "d.date" : "r.date");
        if (after is { } place)
        {
            conditions.And(
                $"({value} {behind} {{2}} OR ({value} = {{2}} AND (r.date, r.key) {behind} ({{0}}, {{1}})))",
                Text(place.Date),
                place.Key.ToByteArray(),
                query.Order == RecordOrder.Amount ? place.Amount.ToString(CultureInfo.InvariantCulture) : place.Party);
        }

        string found = Matching($"{value} AS value, r.date AS date, r.key AS key, r.id AS id", dated, conditions.Where);
        string byValue = query.Order switch { RecordOrder.Date => "", RecordOrder.Amount => $"d.value COLLATE {SqliteFunctions.AmountOrder} {direction}, ", _ => $"d.value {direction}, " };
        string order = $"ORDER BY {byValue}d.date {direction}, d.key {direction}";
        return new SqlQuery(
            string.Create(CultureInfo.InvariantCulture, $"SELECT {Columns} FROM (SELECT * FROM ({found}) AS d {order} LIMIT {limit}) AS d {Joined} {order}"),
            conditions.Values);
    }

    // The tables have the order, and only what shares the head of a key is sorted. A condition within them ends a page early; one on the whole is asked of the rows of the window.
    private static SqlQuery ByDate(string within, string where, IReadOnlyList<object?> values, string direction, int window, int limit) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            SELECT {Columns} FROM (
                {Matching("d.date AS date, d.head AS head, r.key AS key, r.id AS id", dated: true, within)}
                ORDER BY 1 {direction}, 2 {direction}, 3 {direction} LIMIT {window}
            ) AS d {Joined} {where} ORDER BY d.date {direction}, d.head {direction}, d.key {direction} LIMIT {limit}
            """),
        values);

    // The records that match: by their dates, both what is sorted into the tables and what is newer; or in the order of the table.
    private static string Matching(string selected, bool dated, string where) => dated
        ? $"""
          SELECT {selected} FROM record_dates AS d CROSS JOIN records AS r ON r.id = d.id {where}
          UNION ALL
          SELECT {selected} FROM {Unsorted} AS d CROSS JOIN records AS r ON r.id = d.id {where}
          """
        : $"SELECT {selected} FROM records AS r {where}";

    // The first two values use the order of the table; the second condition removes records that share them.
    private static SqlConditions Behind(SqlConditions conditions, string behind, DateOnly day, RecordKey key) => conditions
        .And($"(d.date, d.head) {behind}= ({{0}}, substr({{1}}, 1, 8))", Text(day), key.ToByteArray())
        .And($"(d.date {behind} {{0}} OR r.key {behind} {{1}})", Text(day), key.ToByteArray());

    private static string Text(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private static (string Direction, string Behind) Ways(RecordListQuery query) => query.IsDescending ? ("DESC", "<") : ("ASC", ">");
}
