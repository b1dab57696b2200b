namespace Billing.Web.Contracts;

/// <summary>A page of the quarantine: <c>GET /api/quarantine</c>.</summary>
public sealed record QuarantineList
{
    /// <summary>The rows.</summary>
    public required IReadOnlyList<QuarantineItem> Items { get; init; }

    /// <summary>The continuation token of the next page, or null.</summary>
    public string? Next { get; init; }
}
