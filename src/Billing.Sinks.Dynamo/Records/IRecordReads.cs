namespace Billing.Sinks.Dynamo.Records;

/// <summary>Reads the records of a table.</summary>
internal interface IRecordReads
{
    /// <summary>Returns the record with the key, or null.</summary>
    Task<BillingRecord?> FindAsync(RecordKey key, CancellationToken cancellationToken);

    /// <summary>Returns the records with these keys.</summary>
    Task<Dictionary<RecordKey, BillingRecord>> FindAllAsync(IReadOnlyList<RecordKey> keys, CancellationToken cancellationToken);

    /// <summary>Returns one page of the matching records, by date, then key.</summary>
    Task<Page<BillingRecord>> QueryAsync(RecordQuery query, CancellationToken cancellationToken);

    /// <summary>Returns every matching record.</summary>
    IAsyncEnumerable<BillingRecord> ReadAsync(RecordQuery query, CancellationToken cancellationToken);

    /// <summary>Takes note of records that were written, or may have been, so that listings in progress go on to them.</summary>
    void Written(IEnumerable<BillingRecord> records);
}
