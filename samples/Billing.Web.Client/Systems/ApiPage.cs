namespace Billing.Web.Client.Systems;

/// <summary>A page of a list, and the token of the next one.</summary>
public sealed record ApiPage<T>
{
    public required IReadOnlyList<T> Items { get; init; }

    public string? Next { get; init; }
}
