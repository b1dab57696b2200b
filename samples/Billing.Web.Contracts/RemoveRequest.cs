namespace Billing.Web.Contracts;

/// <summary>Removes a record: <c>DELETE /api/records/{key}</c>. The body may be missing.</summary>
public sealed record RemoveRequest
{
    /// <summary>Why; null: removed on the page. At most 240 characters.</summary>
    public string? Reason { get; init; }
}
