namespace Billing.Storage;

/// <summary>Receipts in memory. The caller holds the lock.</summary>
internal sealed class MemoryReceipts
{
    private readonly Dictionary<string, Receipt> _receipts = new(StringComparer.Ordinal);
    private readonly HashSet<(string ReceiptId, string UploadId)> _uploads = [];

    public ReceiptOutcome Add(Receipt receipt, ReceiptUpload upload)
    {
        if (!_uploads.Add((receipt.Id, upload.Id)))
        {
            return ReceiptOutcome.Repeated;
        }

        if (_receipts.TryGetValue(receipt.Id, out Receipt? kept))
        {
            bool isLast = receipt.UploadedAt >= kept.LastSeenAt;
            _receipts[receipt.Id] = kept with
            {
                Sightings = kept.Sightings + 1,
                LastSeenAt = isLast ? receipt.UploadedAt : kept.LastSeenAt,
                LastName = isLast ? receipt.FileName : kept.LastName,
            };
            return ReceiptOutcome.Sighting;
        }

        _receipts.Add(receipt.Id, ReceiptRules.AsFirst(receipt));
        return ReceiptOutcome.Stored;
    }

    public Receipt? Find(string id) => _receipts.GetValueOrDefault(id);

    public List<Receipt> List(ReceiptPosition? after, int most) => [.. _receipts.Values
        .Where(receipt => after is not { } last || ReceiptPosition.Of(receipt).IsAfter(last))
        .OrderByDescending(receipt => receipt.UploadedAt)
        .ThenBy(receipt => receipt.Id, StringComparer.Ordinal)
        .Take(most)];
}
