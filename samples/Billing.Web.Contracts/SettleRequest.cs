namespace Billing.Web.Contracts;

/// <summary>Says which record posted a pending row: <c>POST /api/pending/{key}/settle</c>.</summary>
public sealed record SettleRequest
{
    /// <summary>The key of the record.</summary>
    public string? Posted { get; init; }
}
