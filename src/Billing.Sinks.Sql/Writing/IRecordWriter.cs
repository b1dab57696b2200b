namespace Billing.Sinks.Sql.Writing;

/// <summary>Writes one batch of records inside a transaction of its caller. This is where servers differ most.</summary>
internal interface IRecordWriter
{
    /// <summary>Writes records, each once and only once by its key.</summary>
    /// <param name="session">The connection, in a transaction.</param>
    /// <param name="records">The batch.</param>
    /// <param name="mayBeStored">Whether an earlier attempt at this batch may have been committed.</param>
    /// <param name="cancellationToken">Cancels the call and undoes its changes.</param>
    /// <returns>One outcome per record, in the order of <paramref name="records"/>.</returns>
    ValueTask<WriteOutcome[]> WriteAsync(ServerSession session, IReadOnlyList<BillingRecord> records, bool mayBeStored, CancellationToken cancellationToken);
}
