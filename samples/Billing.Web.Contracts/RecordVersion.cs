namespace Billing.Web.Contracts;

/// <summary>One change of a record.</summary>
public sealed record RecordVersion
{
    /// <summary>The run or the entry that changed it.</summary>
    public required string EntryId { get; init; }

    /// <summary>What it was: <c>run</c> for an edit or a delivery, else the kind of the entry, such as <c>removal</c>, <c>revert</c>, <c>recategorisation</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Why, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>The record before, or null.</summary>
    public BillingRecord? From { get; init; }

    /// <summary>The record after, or null if it left the ledger.</summary>
    public BillingRecord? To { get; init; }

    /// <summary>The entry that took this one back, or null.</summary>
    public string? RevertedBy { get; init; }
}
