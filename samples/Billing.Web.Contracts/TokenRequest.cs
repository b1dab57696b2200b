namespace Billing.Web.Contracts;

/// <summary>The token that the host printed when it started: <c>POST /api/token</c>. A cookie follows.</summary>
public sealed record TokenRequest
{
    /// <summary>The token.</summary>
    public string? Token { get; init; }
}
