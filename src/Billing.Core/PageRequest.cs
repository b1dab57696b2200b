namespace Billing;

/// <summary>Which page to get.</summary>
public record PageRequest
{
    /// <summary>The most items on a page, 1 to 10,000. Default 100.</summary>
    public int PageSize { get; init; } = 100;

    /// <summary>
    /// The bytes after which a page ends though it has fewer items: it ends with the item that brings its texts to so many. Null, the default, for no limit.
    /// For whoever reads a store whole, of which nobody knows how large its records are.
    /// </summary>
    public long? MostBytes { get; init; }

    /// <summary>What the page before gave, or null for the first page.</summary>
    public string? ContinuationToken { get; init; }
}
