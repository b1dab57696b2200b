namespace Billing.Web.Contracts;

/// <summary>The pending rows: <c>GET /api/pending</c>.</summary>
public sealed record PendingList
{
    /// <summary>The rows, by date.</summary>
    public required IReadOnlyList<PendingTransaction> Items { get; init; }

    /// <summary>With <c>all=true</c>, the rows that a person dismissed, by source; they can be opened again.</summary>
    public IReadOnlyList<QuarantinedRecord> Dismissed { get; init; } = [];
}
