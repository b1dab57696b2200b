namespace Billing;

/// <summary>One page of a listing.</summary>
/// <param name="Items">The items of this page, in order.</param>
/// <param name="ContinuationToken">The token for the next page, or null on the last page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? ContinuationToken)
{
    /// <summary>The number of items, and whether more follow.</summary>
    public override string ToString() => FormattableString.Invariant($"{Items.Count} items, {(ContinuationToken is null ? "the last" : "more follow")}");
}
