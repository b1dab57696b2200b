namespace Billing.Web.Contracts;

/// <summary>Tries rows in quarantine again: <c>POST /api/quarantine/replay</c>. What is null does not filter; all null tries every open row.</summary>
public sealed record ReplayRequest
{
    /// <summary>The key of one row.</summary>
    public string? Key { get; init; }

    /// <summary>The run that quarantined them.</summary>
    public string? RunId { get; init; }

    /// <summary>The name of the source.</summary>
    public string? Source { get; init; }

    /// <summary>The code of the reason.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether the rules and rates of the host are used in place of those of the run.</summary>
    public bool UseCurrent { get; init; }
}
