namespace Billing.Web.Contracts;

/// <summary>Closes a month, or closes it again: <c>POST /api/months/{month}/close</c>. The body may be missing.</summary>
public sealed record CloseRequest
{
    /// <summary>Why, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether it is closed although it is not complete.</summary>
    public bool IncludeIncomplete { get; init; }
}
