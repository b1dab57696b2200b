namespace Billing.Web.Contracts;

/// <summary>A run in a list or alone: <c>GET /api/runs/{id}</c>.</summary>
public sealed record RunItem
{
    /// <summary>The report.</summary>
    public required IngestReport Report { get; init; }

    /// <summary>Its statement, as text.</summary>
    public required string Statement { get; init; }

    /// <summary>Whether it balances.</summary>
    public bool IsBalanced { get; init; }

    /// <summary>Whether it is listed as running, but this host does not run it.</summary>
    public bool IsInterrupted { get; init; }

    /// <summary>Its seal, or null if it has none yet.</summary>
    public LedgerSeal? Seal { get; init; }
}
