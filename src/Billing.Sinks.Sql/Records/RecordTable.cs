namespace Billing.Sinks.Sql.Records;

/// <summary>Reads pages and totals of the records of the ledger.</summary>
internal sealed class RecordTable(SqlRecords records)
{
    /// <summary>Returns the record with the key, or null.</summary>
    public async ValueTask<BillingRecord?> FindAsync(SqlSession session, RecordKey key, CancellationToken cancellationToken) =>
        (await records.FindAllAsync(session, [key], cancellationToken).ConfigureAwait(false))[0];

    /// <summary>Returns one page of records, by date, then key.</summary>
    public async ValueTask<Page<BillingRecord>> QueryAsync(SqlSession session, RecordQuery query, CancellationToken cancellationToken)
    {
        PageBuilder<BillingRecord, RecordPosition> page = StorePages.Of(query);
        SqlQuery statement = records.Page(query, page.TryGetAfter(out RecordPosition after) ? after : null, page.Limit);
        await foreach (SqlRow row in session.ReadAsync(statement.Sql, statement.Values, cancellationToken).ConfigureAwait(false))
        {
            if (!page.Add(RecordFields.Read(row)))
            {
                break;
            }
        }

        return page.ToPage();
    }

    /// <summary>Returns exact totals by group.</summary>
    public async ValueTask<IReadOnlyList<SummaryRow>> SummarizeAsync(SqlSession session, SummaryBy by, RecordQuery query, CancellationToken cancellationToken)
    {
        SqlQuery statement = records.Summary(by, query);
        SummaryTotals totals = new();
        await foreach (SqlRow row in session.ReadAsync(statement.Sql, statement.Values, cancellationToken).ConfigureAwait(false))
        {
            totals.Add(row.Identifier(0), row.Int64(3), row.Text(1), Sum(row, 4), row.Text(2), Sum(row, 6));
        }

        return totals.ToRows();
    }

    /// <summary>The sum of an amount, from the two texts that the statement gives of it.</summary>
    public static ExactSum Sum(SqlRow row, int column) => ExactSum.Parse(row.Text(column)) + ExactSum.Parse(row.Text(column + 1));
}
