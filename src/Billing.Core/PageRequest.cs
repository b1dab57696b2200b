namespace Billing;

/// <summary>A request for one page of a listing.</summary>
public record PageRequest
{
    /// <summary>The maximum number of items on a page, 1 to 10,000. Default 100.</summary>
    public int PageSize { get; init; } = 100;

    /// <summary>
    /// The number of bytes after which a page ends, even with fewer items: it ends with the item that brings its texts to that size. Null, the default, for no limit.
    /// For reading a whole store whose records may be of any size.
    /// </summary>
    public long? MostBytes { get; init; }

    /// <summary>The token of the previous page, or null for the first page.</summary>
    public string? ContinuationToken { get; init; }
}
