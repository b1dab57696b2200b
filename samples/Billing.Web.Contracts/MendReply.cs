namespace Billing.Web.Contracts;

/// <summary>What became of a corrected row. Where the correction is refused too, the row stays open as it was.</summary>
public sealed record MendReply
{
    /// <summary>The outcome of the corrected row.</summary>
    public required RowOutcome Outcome { get; init; }

    /// <summary>The record, if it was stored or is a duplicate.</summary>
    public BillingRecord? Record { get; init; }

    /// <summary>The report of the run.</summary>
    public required IngestReport Report { get; init; }
}
