namespace Billing;

/// <summary>A ledger of receipts: the bytes of each file once, with their sightings.</summary>
public interface IReceiptStore
{
    /// <summary>Adds a receipt, or counts another sighting of a receipt that is already stored, in one write. When the call returns, the write is durable.</summary>
    /// <param name="receipt">The receipt. The ledger makes its counts.</param>
    /// <param name="upload">The upload that brought it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The receipt's id is not 64 hexadecimal digits in lower case, the receipt has no file name, the upload has no id, or the receipt's file name, bucket or merchant or the upload's id is not valid Unicode.</exception>
    ValueTask<ReceiptOutcome> AddReceiptAsync(Receipt receipt, ReceiptUpload upload, CancellationToken cancellationToken = default);

    /// <summary>Returns the receipt with the id, or null. The read is consistent.</summary>
    ValueTask<Receipt?> FindReceiptAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Returns one page of the receipts, the last uploaded first (by <see cref="Receipt.UploadedAt"/>).</summary>
    /// <exception cref="ArgumentException">The continuation token does not belong to this listing.</exception>
    ValueTask<Page<Receipt>> GetReceiptsAsync(PageRequest page, CancellationToken cancellationToken = default);
}
