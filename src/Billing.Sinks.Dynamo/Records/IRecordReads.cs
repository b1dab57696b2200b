namespace Billing.Sinks.Dynamo.Records;

/// <summary>Reads records of their table.</summary>
internal interface IRecordReads
{
    /// <summary>The record with that key, or null.</summary>
    Task<BillingRecord?> FindAsync(RecordKey key, CancellationToken cancellationToken);

    /// <summary>The records with those keys.</summary>
    Task<Dictionary<RecordKey, BillingRecord>> FindAllAsync(IReadOnlyList<RecordKey> keys, CancellationToken cancellationToken);

    /// <summary>One page of the records that match, by date, then key.</summary>
    Task<Page<BillingRecord>> QueryAsync(RecordQuery query, CancellationToken cancellationToken);

    /// <summary>Every record that matches.</summary>
    IAsyncEnumerable<BillingRecord> ReadAsync(RecordQuery query, CancellationToken cancellationToken);
}
