namespace Billing.Web.Contracts;

/// <summary>An uploaded receipt: <c>POST /api/receipts</c>.</summary>
public sealed record ReceiptReply
{
    /// <summary>The receipt.</summary>
    public required ReceiptItem Receipt { get; init; }

    /// <summary>Whether the same bytes were there already.</summary>
    public bool IsDuplicate { get; init; }

    /// <summary>What happened, in a sentence.</summary>
    public required string Message { get; init; }
}
