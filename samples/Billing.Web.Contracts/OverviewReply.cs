namespace Billing.Web.Contracts;

/// <summary>A month against the one before: <c>GET /api/overview?month=2025-06</c>.</summary>
public sealed record OverviewReply
{
    /// <summary>The month, such as <c>2025-06</c>.</summary>
    public required string Month { get; init; }

    /// <summary>The month before.</summary>
    public required string Before { get; init; }

    /// <summary>The code of the reporting currency.</summary>
    public required string ReportingCurrency { get; init; }

    /// <summary>Rows and money of the month, in the reporting currency.</summary>
    public required ControlTotals Total { get; init; }

    /// <summary>The same of the month before.</summary>
    public required ControlTotals TotalBefore { get; init; }

    /// <summary>By category, the largest first; an empty name for none.</summary>
    public required IReadOnlyList<OverviewRow> Categories { get; init; }

    /// <summary>By party, the 50 largest; an empty name for none.</summary>
    public required IReadOnlyList<OverviewRow> Parties { get; init; }

    /// <summary>By day, in order.</summary>
    public required IReadOnlyList<OverviewRow> Days { get; init; }

    /// <summary>By currency as invoiced.</summary>
    public required IReadOnlyList<OverviewRow> Currencies { get; init; }

    /// <summary>The rates that the records of the month were converted with.</summary>
    public required IReadOnlyList<RateUse> Rates { get; init; }

    /// <summary>The months that have records, newest first.</summary>
    public required IReadOnlyList<string> Months { get; init; }

    /// <summary>The number of open rows in quarantine, up to 1,000.</summary>
    public long OpenQuarantine { get; init; }

    /// <summary>The number of them that are pending.</summary>
    public long OpenPending { get; init; }
}
