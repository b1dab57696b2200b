using Billing.Web.Contracts;

namespace Billing.Web.Receipts;

/// <summary>Receipts as the API gives them.</summary>
internal static class ReceiptItems
{
    public static ReceiptItem Of(Receipt receipt) => new()
    {
        Id = receipt.Id,
        FileName = receipt.FileName,
        Size = receipt.Size,
        UploadedAt = receipt.UploadedAt,
        Flags = receipt.Flags,
        Amount = receipt.Amount,
        Merchant = receipt.Merchant,
        Date = receipt.Date,
        Sightings = receipt.Sightings,
        LastSeenAt = receipt.LastSeenAt,
        LastName = receipt.LastName,
    };
}
