namespace Billing.Web.Contracts;

/// <summary>A page of the rows of a preview, in the order of the file.</summary>
public sealed record PreviewRows
{
    /// <summary>The rows.</summary>
    public required IReadOnlyList<PreviewRow> Items { get; init; }

    /// <summary>The continuation token of the next page, or null.</summary>
    public string? Next { get; init; }
}
