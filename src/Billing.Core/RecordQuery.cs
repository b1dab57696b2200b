using Billing.Storage;

namespace Billing;

/// <summary>A query for records: all that match every property that is set.</summary>
public sealed record RecordQuery : PageRequest
{
    /// <summary>The first date, inclusive.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last date, inclusive.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The party, exactly.</summary>
    public string? Party { get; init; }

    /// <summary>The category, exactly; an empty string means records without one.</summary>
    public string? Category { get; init; }

    /// <summary>The currency of the amount as invoiced, by code.</summary>
    public string? Currency { get; init; }

    /// <summary>Text that the party, account, description or source id contains; ASCII letters match in any case.</summary>
    public string? Text { get; init; }

    /// <summary>The id of the run that stored the record.</summary>
    public string? RunId { get; init; }

    /// <summary>The name of the source.</summary>
    public string? SourceName { get; init; }

    /// <summary>The line in the source.</summary>
    public long? Line { get; init; }

    /// <summary>The scope, exactly.</summary>
    public string? Scope { get; init; }

    /// <summary>A flag that the record has.</summary>
    public string? Flag { get; init; }

    /// <summary>Whether a record matches every property that is set: what a store finds with a query. For stores that compare in code.</summary>
    public bool Matches(BillingRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return RecordMatcher.Matches(this, record);
    }
}
