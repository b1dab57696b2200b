namespace Billing.Web.Contracts;

/// <summary>A reason, for what asks for one: revert, dismiss.</summary>
public sealed record ReasonRequest
{
    /// <summary>Why. At most 240 characters.</summary>
    public string? Reason { get; init; }
}
