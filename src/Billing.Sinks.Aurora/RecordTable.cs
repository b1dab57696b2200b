using System.Globalization;
using System.Text;

namespace Billing.Sinks.Aurora;

/// <summary>Reads the records of the ledger.</summary>
internal sealed class RecordTable(AuroraTable table)
{
    private const long MostRowsOfOthers = 1_000;
    private const long MostTimesTheRows = 10;

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

    /// <summary>The record of each key, in their order; null where there is none.</summary>
    public async ValueTask<IReadOnlyList<BillingRecord?>> FindAllAsync(AuroraSession session, IReadOnlyList<RecordKey> keys, CancellationToken cancellationToken)
    {
        Dictionary<RecordKey, BillingRecord> found = [];
        foreach (RecordKey[] some in keys.Distinct().Chunk(KeyLookup.KeysPerStatement))
        {
            string list = string.Join(',', some.Select(key => $"X'{key}'"));
            await foreach (AuroraRow row in session.ReadAsync($"SELECT {RecordReader.Columns} FROM `{table.Name}` WHERE key_hash IN ({list})", [], cancellationToken).ConfigureAwait(false))
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
    public async ValueTask<RunTotals?> TotalsOfRunAsync(AuroraSession session, IngestReport run, CancellationToken cancellationToken)
    {
        byte[] source = Encoding.UTF8.GetBytes(run.Source);
        string most = (MostRowsOfOthers + (MostTimesTheRows * run.Stored.Rows)).ToString(CultureInfo.InvariantCulture);
        if (await session.AnyAsync($"SELECT 1 FROM `{table.Name}` WHERE source = @p0 LIMIT 1 OFFSET {most}", [source], cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        string sql = $"""
            SELECT currency, reporting_currency, COUNT(*), {Sums("amount")}, {Sums("reporting_amount")}
            FROM `{table.Name}` WHERE source = @p0 AND run_id = @p1 GROUP BY 1, 2
            """;
        SummaryTotals totals = new();
        await foreach (AuroraRow row in session.ReadAsync(sql, [source, Encoding.UTF8.GetBytes(run.RunId)], cancellationToken).ConfigureAwait(false))
        {
            totals.Add("", row.Int64(2), row.Text(0), Sum(row, 3), row.Text(1), Sum(row, 5));
        }

        return totals.ToRows() is [var all] ? new RunTotals(all.Billed, all.Reporting) : new RunTotals(ControlTotals.Zero, ControlTotals.Zero);
    }

    /// <summary>One page of records, by date, then key.</summary>
    public async ValueTask<Page<BillingRecord>> QueryAsync(AuroraSession session, RecordQuery query, CancellationToken cancellationToken)
    {
        PageBudget budget = new(query);
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
        string sql = string.Create(CultureInfo.InvariantCulture, $"SELECT {RecordReader.Columns} FROM `{table.Name}` {conditions.Where} ORDER BY date, key_hash LIMIT {budget.Size + 1}");
        await foreach (AuroraRow row in session.ReadAsync(sql, conditions.Values, cancellationToken).ConfigureAwait(false))
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
