namespace Billing.Web.Contracts;

/// <summary>A page of runs, newest first: <c>GET /api/runs</c>.</summary>
public sealed record RunList
{
    /// <summary>The runs.</summary>
    public required IReadOnlyList<RunItem> Items { get; init; }

    /// <summary>The continuation token of the next page, or null.</summary>
    public string? Next { get; init; }

    /// <summary>The head of the seals, or null if nothing is sealed.</summary>
    public LedgerHead? Head { get; init; }
}
