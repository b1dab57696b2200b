namespace Billing.Web.Contracts;

/// <summary>The amounts of a month that are not usual for their party: <c>GET /api/months/{month}/unusual</c>.</summary>
public sealed record UnusualList
{
    /// <summary>The amounts.</summary>
    public required IReadOnlyList<UnusualItem> Items { get; init; }
}
