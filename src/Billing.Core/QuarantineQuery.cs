using Billing.Storage;

namespace Billing;

/// <summary>A query for quarantined records: all that match every property that is set.</summary>
public sealed record QuarantineQuery : PageRequest
{
    /// <summary>The key.</summary>
    public RecordKey? Key { get; init; }

    /// <summary>The reason: a code of <see cref="QuarantineReason"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>The name of the source.</summary>
    public string? SourceName { get; init; }

    /// <summary>The id of the run that quarantined it.</summary>
    public string? RunId { get; init; }

    /// <summary>The line in the source.</summary>
    public long? Line { get; init; }

    /// <summary>Whether closed records (replayed, corrected, dismissed) are listed too. Default false.</summary>
    public bool IncludeResolved { get; init; }

    /// <summary>Whether a row matches every property that is set: what a store finds with a query. For stores that compare in code.</summary>
    public bool Matches(QuarantinedRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return RecordMatcher.Matches(this, record);
    }
}
