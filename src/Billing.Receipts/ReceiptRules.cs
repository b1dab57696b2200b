using System.Globalization;
using Billing.Reports;
using Billing.Storage;

namespace Billing;

/// <summary>The rules that every store of receipts follows. For authors of such stores.</summary>
public static class ReceiptRules
{
    /// <summary>Demands that a receipt can be kept.</summary>
    /// <exception cref="ArgumentException">The receipt's id is not 64 hexadecimal digits in lower case, the receipt has no file name, the upload has no id, or the receipt's file name, bucket or merchant or the upload's id is not valid Unicode.</exception>
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
            throw new ArgumentException("A text of the receipt has half of a surrogate pair, which is not valid Unicode. Correct it.", nameof(receipt));
        }
    }

    /// <summary>A receipt as a store keeps it on its first sighting: times in UTC, seen once.</summary>
    public static Receipt AsFirst(Receipt receipt)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        return receipt with
        {
            UploadedAt = receipt.UploadedAt.ToUniversalTime(),
            Sightings = 1,
            LastSeenAt = receipt.UploadedAt.ToUniversalTime(),
            LastName = receipt.FileName,
            AlertSubjects = [],
        };
    }

    /// <summary>The alerts that the rules asked for on a receipt, due at once. A store keeps them with it, in the same write.</summary>
    /// <param name="receipt">The receipt.</param>
    /// <param name="raisedAt">The time of the write.</param>
    public static IReadOnlyList<BillingAlert> AlertsOf(Receipt receipt, DateTimeOffset raisedAt)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        return BillingAlert.Of(RecordKey.Parse(receipt.Id), receipt.Alerts, receipt.AlertSubjects, raisedAt, rule => MessageOf(receipt, rule));
    }

    private static string MessageOf(Receipt receipt, string rule) => AlertText.Of(
        ("Rule", rule),
        ("Receipt", receipt.FileName),
        ("Merchant", receipt.Merchant),
        ("Amount", receipt.Amount?.ToString()),
        ("Date", receipt.Date?.ToString("O", CultureInfo.InvariantCulture)),
        ("Flags", string.Join(", ", receipt.Flags)),
        ("Id", receipt.Id),
        ("Bucket", receipt.Bucket),
        ("Uploaded", receipt.UploadedAt.ToString("O", CultureInfo.InvariantCulture)));
}
