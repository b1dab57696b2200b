namespace Billing.Web.Contracts;

/// <summary>The life of a record: <c>GET /api/records/{key}/history</c>.</summary>
public sealed record RecordHistory
{
    /// <summary>The key.</summary>
    public required string Key { get; init; }

    /// <summary>The record as it is, or null if it was removed.</summary>
    public RecordReply? Current { get; init; }

    /// <summary>What it was and became, oldest first.</summary>
    public required IReadOnlyList<RecordVersion> Versions { get; init; }
}
