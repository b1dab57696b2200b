namespace Billing.Web.Client.Systems;

/// <summary>The answer of <c>GET /totals</c>.</summary>
public sealed record GroupTotals
{
    public required IReadOnlyList<GroupTotal> Items { get; init; }

    public required GroupTotal Total { get; init; }
}
