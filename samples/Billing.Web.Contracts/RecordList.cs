namespace Billing.Web.Contracts;

/// <summary>A page of records, with the totals of all that the filters find: <c>GET /api/records</c>.</summary>
public sealed record RecordList
{
    /// <summary>The records of the page.</summary>
    public required IReadOnlyList<RecordReply> Items { get; init; }

    /// <summary>The continuation token of the next page, or null.</summary>
    public string? Next { get; init; }

    /// <summary>Rows and amounts as invoiced, of all that is filtered.</summary>
    public required ControlTotals Billed { get; init; }

    /// <summary>The same in the reporting currency.</summary>
    public required ControlTotals Reporting { get; init; }
}
