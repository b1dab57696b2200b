namespace Billing.Web.Contracts;

/// <summary>Corrects a row in quarantine: <c>POST /api/quarantine/{key}/mend</c>.</summary>
public sealed record MendRequest
{
    /// <summary>The row as it should be: one row of the same format, under the same header.</summary>
    public string? Text { get; init; }

    /// <summary>Why, or null.</summary>
    public string? Reason { get; init; }
}
