namespace Billing.Web.Contracts;

/// <summary>A month: <c>GET /api/months/{month}</c>.</summary>
public sealed record MonthReply
{
    /// <summary>The report, without its lines: of a closed month as it was closed last. The lines are in the files.</summary>
    public required MonthReport Report { get; init; }

    /// <summary>Its closings, oldest first; none while it is open.</summary>
    public required IReadOnlyList<MonthClosing> Closings { get; init; }

    /// <summary>What changed since it was closed last; null while it is open, and if nothing did.</summary>
    public MonthRestatement? Changes { get; init; }

    /// <summary>Why what changed since it was closed last cannot be stated: the rates of the closing have none for a record that is new; null if it can.</summary>
    public string? ChangesUnknown { get; init; }

    /// <summary>Why it is not complete, in words; nothing if it is.</summary>
    public required IReadOnlyList<string> Obstacles { get; init; }
}
