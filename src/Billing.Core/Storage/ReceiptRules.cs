namespace Billing.Storage;

/// <summary>What every receipt ledger holds to.</summary>
internal static class ReceiptRules
{
    /// <exception cref="ArgumentException">The receipt's id or the upload's is none.</exception>
    public static void Check(Receipt receipt, ReceiptUpload upload)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        if (!RecordKey.TryParse(receipt.Id, out RecordKey key) || key.ToString() != receipt.Id)
        {
            throw new ArgumentException($"The receipt's id '{receipt.Id}' is not 64 lower-case hexadecimal digits. Use {nameof(ReceiptHasher)}.", nameof(receipt));
        }

        ArgumentException.ThrowIfNullOrEmpty(upload.Id, nameof(upload));
        ArgumentException.ThrowIfNullOrEmpty(receipt.FileName, nameof(receipt));
        if (!UnicodeText.IsWellFormed(receipt.FileName) || !UnicodeText.IsWellFormed(receipt.Bucket) || !UnicodeText.IsWellFormed(receipt.Merchant) || !UnicodeText.IsWellFormed(upload.Id))
        {
            throw new ArgumentException("A text of the receipt has half of a surrogate pair, which is no Unicode text. Correct it.", nameof(receipt));
        }
    }

    /// <summary>A receipt as the ledger keeps it on its first sighting.</summary>
    public static Receipt AsFirst(Receipt receipt) => receipt with
    {
        UploadedAt = receipt.UploadedAt.ToUniversalTime(),
        Sightings = 1,
        LastSeenAt = receipt.UploadedAt.ToUniversalTime(),
        LastName = receipt.FileName,
        AlertSubjects = [],
    };
}
