namespace Billing.Sinks.Sql.Records;

/// <summary>Reads pages and totals of the records of the ledger.</summary>
internal sealed class RecordTable(SqlRecords records)
{
    /// <summary>Returns the record with the key, or null.</summary>
    public async ValueTask<BillingRecord?> FindAsync(SqlSession session, RecordKey key, CancellationToken cancellationToken) =>
        (await records.FindAllAsync(session, [key], cancellationToken).ConfigureAwait(false))[0];

    /// <summary>Returns one page of records, by date, then key.</summary>
    public ValueTask<Page<BillingRecord>> QueryAsync(SqlSession session, RecordQuery query, CancellationToken cancellationToken)
    {
        PageBuilder<BillingRecord, RecordPosition> page = StorePages.Of(query);
        return FillAsync(session, page, records.Page(query, page.TryGetAfter(out RecordPosition after) ? after : null, page.Limit), cancellationToken);
    }

    /// <summary>Returns one page of records, in the order of a list.</summary>
    public async ValueTask<Page<BillingRecord>> ListAsync(SqlSession session, RecordListQuery query, CancellationToken cancellationToken)
    {
        PageBuilder<BillingRecord, RecordPlace> first = StorePages.Of(query);
        Page<BillingRecord> page = new([], null);
        foreach (SqlQuery statement in records.List(query, first.TryGetAfter(out RecordPlace after) ? after : null, first.Limit))
        {
            page = await FillAsync(session, StorePages.Of(query), statement, cancellationToken).ConfigureAwait(false);
            if (page.ContinuationToken is not null)
            {
                break;
            }
        }

        return page;
    }

    private static async ValueTask<Page<BillingRecord>> FillAsync<TPosition>(SqlSession session, PageBuilder<BillingRecord, TPosition> page, SqlQuery statement, CancellationToken cancellationToken)
    {
        await foreach (SqlRow row in session.ReadAsync(statement.Sql, statement.Values, cancellationToken).ConfigureAwait(false))
        {
            if (!page.Add(RecordFields.Read(row)))
            {
                break;
            }
        }

        return page.ToPage();
    }
}
