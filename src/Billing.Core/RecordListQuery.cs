namespace Billing;

/// <summary>A query for a page of records in an order: what a person looks at. A <see cref="RecordQuery"/> by itself gives them by date, then key.</summary>
public sealed record RecordListQuery : PageRequest
{
    /// <summary>Which records. Its page size and token are not used.</summary>
    public RecordQuery Filter { get; init; } = new();

    /// <summary>What they are ordered by. Default: the date.</summary>
    public RecordOrder Order { get; init; }

    /// <summary>Whether the last of the order comes first, as in a list whose newest record stands at its top.</summary>
    public bool IsDescending { get; init; }
}
