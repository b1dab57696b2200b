using System.Globalization;
using SQLitePCL;

namespace Billing.Sinks.Sqlite;

/// <summary>Queries of records: single, paged by date and key, and summed.</summary>
internal static class RecordPages
{
    public static BillingRecord? Find(sqlite3 database, RecordKey key)
    {
        using SqliteStatement statement = new(database, RecordRows.Select + " WHERE r.key = ?");
        return statement.Bind(key.ToByteArray()).Step() ? RecordRows.Read(statement) : null;
    }

    public static Page<BillingRecord> Query(sqlite3 database, RecordQuery query, CancellationToken cancellationToken)
    {
        RecordFilter filter = new(query);
        if (query.ContinuationToken is { } token)
        {
            (DateOnly date, RecordKey key) = Position(token);
            // The first condition lets the index on the date find the place; the row value decides within it.
            filter.Add("r.date >= ?", statement => statement.Bind(date));
            filter.Add("(r.date, r.key) > (?, ?)", statement => statement.Bind(date).Bind(key.ToByteArray()));
        }

        using SqliteStatement statement = new(database, $"{RecordRows.Select}{filter.Where} ORDER BY r.date, r.key LIMIT ?");
        filter.Bind(statement);
        return ListPage.Read(
            statement.Bind(ListPage.Size(query) + 1L),
            query,
            RecordRows.Read,
            record => string.Create(CultureInfo.InvariantCulture, $"{record.Date:yyyyMMdd}{record.Key}"),
            cancellationToken);
    }

    public static IReadOnlyList<SummaryRow> Summarize(sqlite3 database, SummaryBy by, RecordQuery query, CancellationToken cancellationToken)
    {
        string group = by switch
        {
            SummaryBy.Month => "substr(r.date, 1, 7)",
            SummaryBy.Category => "coalesce(r.category, '')",
            SummaryBy.Party => "coalesce(r.party, '')",
            SummaryBy.Currency => "r.currency",
            _ => throw new ArgumentOutOfRangeException(nameof(by), by, "This is nothing to group by."),
        };
        RecordFilter filter = new(query);
        using SqliteStatement statement = new(database, $"""
            SELECT {group} AS g, r.currency, r.reporting_currency, count(*), exact_sum(r.amount), exact_sum(r.reporting_amount)
            FROM records r JOIN names s ON s.id = r.source JOIN names n ON n.id = r.run{filter.Where}
            GROUP BY g, r.currency, r.reporting_currency
            """);
        filter.Bind(statement);
        SortedDictionary<string, SummaryRow> rows = new(StringComparer.Ordinal);
        while (statement.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            string name = statement.ReadRequiredText();
            string currency = statement.ReadRequiredText();
            string reportingCurrency = statement.ReadRequiredText();
            long count = statement.ReadInteger();
            ControlTotals billed = Totals(count, currency, statement.ReadRequiredText());
            ControlTotals reporting = Totals(count, reportingCurrency, statement.ReadRequiredText());
            rows[name] = rows.TryGetValue(name, out SummaryRow? row)
                ? row with { Billed = row.Billed + billed, Reporting = row.Reporting + reporting }
                : new SummaryRow(name, billed, reporting);
        }

        return [.. rows.Values];
    }

    private static ControlTotals Totals(long rows, string currency, string sum) =>
        new(rows, new Dictionary<string, ExactSum> { [currency] = ExactSum.Parse(sum) });

    private static (DateOnly Date, RecordKey Key) Position(string token) =>
        token.Length == 8 + (2 * RecordKey.Size)
        && DateOnly.TryParseExact(token.AsSpan(0, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
        && RecordKey.TryParse(token.AsSpan(8), out RecordKey key)
            ? (date, key)
            : throw ListPage.WrongToken(token);
}
