namespace Billing;

/// <summary>Which page to get.</summary>
public record PageRequest
{
    /// <summary>The most items on a page, 1 to 10,000. Default 100.</summary>
    public int PageSize { get; init; } = 100;

    /// <summary>What the page before gave, or null for the first page.</summary>
    public string? ContinuationToken { get; init; }
}
