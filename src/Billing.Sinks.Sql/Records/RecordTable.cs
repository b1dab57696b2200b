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

    /// <summary>Returns one page of records, in the order of a list.</summary>
    public async ValueTask<Page<BillingRecord>> ListAsync(SqlSession session, RecordListQuery query, CancellationToken cancellationToken)
    {
        PageBuilder<BillingRecord, RecordPlace> page = StorePages.Of(query);
        List<BillingRecord> found = [];
        foreach (SqlQuery statement in records.List(query, page.TryGetAfter(out RecordPlace after) ? after : null, page.Limit))
        {
            found.Clear();
            await foreach (SqlRow row in session.ReadAsync(statement.Sql, statement.Values, cancellationToken).ConfigureAwait(false))
            {
                found.Add(RecordFields.Read(row));
            }

            if (found.Count == page.Limit)
            {
                break;
            }
        }

        return page.Fill(found);
    }
}
