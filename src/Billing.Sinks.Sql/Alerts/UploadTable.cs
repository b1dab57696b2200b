namespace Billing.Sinks.Sql.Alerts;

/// <summary>Remembers uploads of receipts, each once. Used inside a transaction.</summary>
internal abstract class UploadTable
{
    /// <summary>What became of an upload, or null where it is new.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="receipt">The receipt's id.</param>
    /// <param name="upload">The upload.</param>
    /// <param name="writeId">What names this call: an earlier attempt of it may have been committed.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public abstract ValueTask<ReceiptOutcome?> FindAsync(SqlSession session, byte[] receipt, ReceiptUpload upload, string writeId, CancellationToken cancellationToken);

    /// <summary>Adds an upload that is new, of a receipt that is there.</summary>
    public abstract ValueTask AddAsync(SqlSession session, byte[] receipt, ReceiptUpload upload, string writeId, bool isFirst, CancellationToken cancellationToken);
}
