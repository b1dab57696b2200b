using System.Globalization;

namespace Billing.Sinks.Sqlite;

/// <summary>Reads the records of the ledger.</summary>
internal static class RecordTable
{
    // The join's order is fixed, so that the records come in the order of their index and not of the origins.
    private const string From = "FROM records AS r CROSS JOIN origins AS o ON o.id = r.origin";

    /// <summary>The record with that key, or null.</summary>
    public static BillingRecord? Find(SqliteSession session, RecordKey key)
    {
        using SqliteStatement statement = session.Prepare($"SELECT {RecordReader.Columns} {From} WHERE r.key_head = substr(?1, 1, 8) AND r.key = ?1");
        statement.BindKey(1, key);
        return statement.Step() ? RecordReader.Read(statement) : null;
    }

    /// <summary>One page of records, by date, then key.</summary>
    public static Page<BillingRecord> Query(SqliteSession session, RecordQuery query, CancellationToken cancellationToken)
    {
        int size = PageToken.SizeOf(query);
        QueryIdentity identity = QueryIdentity.Of(query);
        SqlConditions conditions = SqlConditions.Of(query);
        if (PageToken.Read(query, identity) is { } token)
        {
            After(conditions, RecordPosition.Parse(token));
        }

        using SqliteStatement statement = session.Prepare(PageSql(query, conditions, size + 1));
        conditions.BindTo(statement);
        List<BillingRecord> records = [];
        while (statement.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            records.Add(RecordReader.Read(statement));
        }

        return PageToken.Cut(records, size, identity, record => RecordPosition.Of(record).ToBytes());
    }

    /// <summary>Leaves out what comes before a position, and the position.</summary>
    internal static void After(SqlConditions conditions, RecordPosition position)
    {
        string date = position.Date.ToString("O", CultureInfo.InvariantCulture);
        byte[] key = position.Key.ToByteArray();

        // The first two terms stand in the index; the second condition takes off what shares them.
        conditions
            .And("(r.date, r.key_head) >= (?, substr(?, 1, 8))", [date, key])
            .And("(r.date > ? OR r.key > ?)", [date, key]);
    }

    /// <summary>The query of a page, of at most <paramref name="limit"/> rows.</summary>
    internal static string PageSql(RecordQuery query, SqlConditions conditions, int limit)
    {
        // One line of one source is soonest found by its index. Everything else is read in order: whoever reads all pages of
        // a filter so reads the ledger once, and not once a page.
        string index = query.Line is not null && (query.SourceName ?? query.RunId) is not null ? "records_by_origin" : "records_by_date";
        string from = From.Replace("AS r", $"AS r INDEXED BY {index}", StringComparison.Ordinal);
        return string.Create(CultureInfo.InvariantCulture, $"SELECT {RecordReader.Columns} {from} {conditions.Where} ORDER BY r.date, r.key_head, r.key LIMIT {limit}");
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
            _ => throw new ArgumentOutOfRangeException(nameof(by), by, $"{by} is not a way to group. Use a value of {nameof(SummaryBy)}."),
        };
        SqlConditions conditions = SqlConditions.Of(query);
        using SqliteStatement statement = session.Prepare(
            $"SELECT {group}, r.currency, r.reporting_currency, count(*), exact_sum(r.amount), exact_sum(r.reporting_amount) FROM records AS r {conditions.Where} GROUP BY 1, 2, 3");
        conditions.BindTo(statement);
        SummaryTotals totals = new();
        while (statement.Step())
        {
            totals.Add(statement.Text(0), statement.Int64(3), statement.Text(1), ExactSum.Parse(statement.Text(4)), statement.Text(2), ExactSum.Parse(statement.Text(5)));
        }

        return totals.ToRows();
    }
}
