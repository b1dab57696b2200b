namespace Billing.Web.Contracts;

/// <summary>What an amendment did: removal, undo, revert, applied rules.</summary>
public sealed record EntryReply
{
    /// <summary>The entries of the ledger, the one that was asked for last. <c>POST /api/entries/{id}/undo</c> takes one back.</summary>
    public required IReadOnlyList<LedgerEntry> Entries { get; init; }
}
