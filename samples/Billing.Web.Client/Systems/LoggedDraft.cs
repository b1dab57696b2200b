namespace Billing.Web.Client.Systems;

/// <summary>The body of <c>POST /logexpense</c>.</summary>
public sealed record LoggedDraft
{
    public required string Description { get; init; }

    /// <summary>The amount, as an exact decimal with a point.</summary>
    public required string Amount { get; init; }

    public required string Currency { get; init; }

    public required string Date { get; init; }

    public string? Category { get; init; }
}
