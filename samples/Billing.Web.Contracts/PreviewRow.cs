namespace Billing.Web.Contracts;

/// <summary>What a row of a file would become.</summary>
public sealed record PreviewRow
{
    /// <summary>Where it is.</summary>
    public required RecordSource Source { get; init; }

    /// <summary><c>stored</c> (new), <c>duplicate</c>, <c>conflict</c> (changed) or <c>quarantined</c> (refused).</summary>
    public required RowOutcomeKind Outcome { get; init; }

    /// <summary>Its key.</summary>
    public required RecordKey Key { get; init; }

    /// <summary>The code of the reason, for a refused or changed row.</summary>
    public string? Reason { get; init; }

    /// <summary>What is wrong and what to do.</summary>
    public string? Detail { get; init; }

    /// <summary>The record that it becomes; null for a row that is refused.</summary>
    public BillingRecord? Record { get; init; }

    /// <summary>Of a changed row, the record that is stored.</summary>
    public BillingRecord? Stored { get; init; }

    /// <summary>Of a refused row, its text.</summary>
    public string? Raw { get; init; }
}
