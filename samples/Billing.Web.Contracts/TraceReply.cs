namespace Billing.Web.Contracts;

/// <summary>How a record came to be: <c>GET /api/records/{key}/trace</c>.</summary>
public sealed record TraceReply
{
    /// <summary>The record.</summary>
    public required RecordReply Item { get; init; }

    /// <summary>The canonical form, in hexadecimal: the bytes whose SHA-256 is the fingerprint.</summary>
    public required string CanonicalForm { get; init; }

    /// <summary>The SHA-256 of it, computed again.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Whether it is the fingerprint that is stored.</summary>
    public bool IsIntact { get; init; }

    /// <summary>The run that stored it, or null.</summary>
    public IngestReport? Run { get; init; }

    /// <summary>What happened to it, in sentences, in order.</summary>
    public required IReadOnlyList<string> Steps { get; init; }
}
