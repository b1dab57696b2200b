namespace Billing;

/// <summary>A ledger of receipts: each file's bytes once, with its sightings.</summary>
public interface IReceiptStore
{
    /// <summary>Adds a receipt, or counts another sighting of one that is there, in one write; what returns is durable.</summary>
    /// <param name="receipt">The receipt. Its counts are the ledger's to make.</param>
    /// <param name="upload">The upload that it came with.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ArgumentException">The receipt's id is not 64 hexadecimal digits in lower case, or the upload has no id.</exception>
    ValueTask<ReceiptOutcome> AddReceiptAsync(Receipt receipt, ReceiptUpload upload, CancellationToken cancellationToken = default);

    /// <summary>The receipt with that id, or null. Read consistently.</summary>
    ValueTask<Receipt?> FindReceiptAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>One page of the receipts, the last uploaded first (by <see cref="Receipt.UploadedAt"/>).</summary>
    /// <exception cref="ArgumentException">The continuation token is not one of this listing's.</exception>
    ValueTask<Page<Receipt>> GetReceiptsAsync(PageRequest page, CancellationToken cancellationToken = default);
}
