namespace Billing.Web.Contracts;

/// <summary>Closes rows in quarantine that are no records: <c>POST /api/quarantine/dismiss</c>.</summary>
public sealed record DismissRequest
{
    /// <summary>The keys of the rows, at most 1,000.</summary>
    public IReadOnlyList<string>? Keys { get; init; }

    /// <summary>Why. At most 240 bytes.</summary>
    public string? Reason { get; init; }
}
