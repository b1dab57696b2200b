namespace Billing.Web.Contracts;

/// <summary>What became of a replay.</summary>
public sealed record ReplayReply
{
    /// <summary>One report per run that quarantined rows.</summary>
    public required IReadOnlyList<IngestReport> Reports { get; init; }
}
