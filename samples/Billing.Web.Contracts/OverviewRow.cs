namespace Billing.Web.Contracts;

/// <summary>A group of an overview.</summary>
public sealed record OverviewRow
{
    /// <summary>The category, the party, the day or the currency.</summary>
    public required string Name { get; init; }

    /// <summary>As invoiced.</summary>
    public required ControlTotals Billed { get; init; }

    /// <summary>In the reporting currency.</summary>
    public required ControlTotals Reporting { get; init; }

    /// <summary>In the month before; null for days.</summary>
    public ControlTotals? ReportingBefore { get; init; }
}
