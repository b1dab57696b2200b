using System.Globalization;

namespace Billing.Sinks.Aurora;

/// <summary>Reads the records of the ledger.</summary>
internal sealed class RecordTable(AuroraTable table)
{
    /// <summary>The record with that key, or null.</summary>
    public async ValueTask<BillingRecord?> FindAsync(AuroraSession session, RecordKey key, CancellationToken cancellationToken)
    {
        BillingRecord? record = null;
        await foreach (AuroraRow row in session.ReadAsync($"SELECT {RecordReader.Columns} FROM `{table.Name}` WHERE key_hash = X'{key}'", [], cancellationToken).ConfigureAwait(false))
        {
            record = RecordReader.Read(row);
        }

        return record;
    }

    /// <summary>One page of records, by date, then key.</summary>
    public async ValueTask<Page<BillingRecord>> QueryAsync(AuroraSession session, RecordQuery query, CancellationToken cancellationToken)
    {
        int size = PageToken.SizeOf(query);
        QueryIdentity identity = QueryIdentity.Of(query);
        SqlConditions conditions = SqlConditions.Of(query);
        if (PageToken.Read(query, identity) is { } token)
        {
            RecordPosition after = RecordPosition.Parse(token);
            string date = after.Date.ToString("O", CultureInfo.InvariantCulture);

            // The first term stands in the index; the second takes off what shares the day.
            conditions.And("date >= {0}", date).And("(date > {0} OR key_hash > {1})", date, after.Key.ToByteArray());
        }

        List<BillingRecord> records = [];
        string sql = string.Create(CultureInfo.InvariantCulture, $"SELECT {RecordReader.Columns} FROM `{table.Name}` {conditions.Where} ORDER BY date, key_hash LIMIT {size + 1}");
        await foreach (AuroraRow row in session.ReadAsync(sql, conditions.Values, cancellationToken).ConfigureAwait(false))
        {
            records.Add(RecordReader.Read(row));
        }

        return PageToken.Cut(records, size, identity, record => RecordPosition.Of(record).ToBytes());
    }

    /// <summary>Exact totals by group.</summary>
    public async ValueTask<IReadOnlyList<SummaryRow>> SummarizeAsync(AuroraSession session, SummaryBy by, RecordQuery query, CancellationToken cancellationToken)
    {
        string group = by switch
        {
            SummaryBy.Month => "DATE_FORMAT(date, '%Y-%m')",
            SummaryBy.Category => "COALESCE(category, '')",
            SummaryBy.Party => "COALESCE(party, '')",
            SummaryBy.Currency => "currency",
            SummaryBy.Day => "DATE_FORMAT(date, '%Y-%m-%d')",

            // CONVERT_TZ knows no instants beyond those of a TIMESTAMP. What ends an instant is its offset, such as +05:45.
            SummaryBy.Minute => "COALESCE(DATE_FORMAT(CAST(SUBSTR(instant, 1, 16) AS DATETIME) - INTERVAL CONCAT(SUBSTR(instant, -6, 1), SUBSTR(instant, -5, 2) * 60 + SUBSTR(instant, -2)) MINUTE, '%Y-%m-%dT%H:%iZ'), '')",
            _ => throw new ArgumentOutOfRangeException(nameof(by), by, $"{by} is not a way to group. Use a value of {nameof(SummaryBy)}."),
        };
        // Groups are told apart by their bytes: collations take no notice of blanks at the end.
        SqlConditions conditions = SqlConditions.Of(query);
        string sql = $"""
            SELECT CAST({group} AS BINARY), currency, reporting_currency, COUNT(*),
                {Sums("amount")}, {Sums("reporting_amount")}
            FROM `{table.Name}` {conditions.Where} GROUP BY 1, 2, 3
            """;
        SummaryTotals totals = new();
        await foreach (AuroraRow row in session.ReadAsync(sql, conditions.Values, cancellationToken).ConfigureAwait(false))
        {
            totals.Add(row.Utf8(0), row.Int64(3), row.Text(1), Sum(row, 4), row.Text(2), Sum(row, 6));
        }

        return totals.ToRows();
    }

    // A DECIMAL holds 65 digits. Whole parts and fractions are added up apart, so that neither sum can run out of them:
    // that would take 10^22 rows.
    private static string Sums(string column) => $"CAST(SUM(TRUNCATE({column}, 0)) AS CHAR), CAST(SUM({column} - TRUNCATE({column}, 0)) AS CHAR)";

    private static ExactSum Sum(AuroraRow row, int column) => ExactSum.Parse(row.Text(column)) + ExactSum.Parse(row.Text(column + 1));
}
