namespace Billing.Web.Contracts;

/// <summary>A page of receipts, newest first: <c>GET /api/receipts</c>.</summary>
public sealed record ReceiptList
{
    /// <summary>The receipts.</summary>
    public required IReadOnlyList<ReceiptItem> Items { get; init; }

    /// <summary>The continuation token of the next page, or null.</summary>
    public string? Next { get; init; }
}
