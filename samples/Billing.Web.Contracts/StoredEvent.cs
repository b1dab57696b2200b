namespace Billing.Web.Contracts;

/// <summary>What <c>GET /api/events</c> sends as server-sent events, named <c>changed</c>: something was stored, and a page that shows it is out of date.</summary>
public sealed record StoredEvent
{
    /// <summary>The number of the event; <c>Last-Event-ID</c> takes it.</summary>
    public required long Number { get; init; }

    /// <summary>What changed: <c>records</c>, <c>quarantine</c>, <c>receipts</c>, <c>runs</c>, <c>rules</c>, <c>months</c> or <c>budgets</c>.</summary>
    public required string What { get; init; }

    /// <summary>The run, or null.</summary>
    public string? RunId { get; init; }
}
