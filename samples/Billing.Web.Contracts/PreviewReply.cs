namespace Billing.Web.Contracts;

/// <summary>What an import would do: <c>POST /api/uploads/{id}/preview</c>. Nothing is stored.</summary>
public sealed record PreviewReply
{
    /// <summary>The id, for <c>GET /api/uploads/{id}/preview/{preview}/rows</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The report of the dry run: what it counts as stored is new, and a conflict is a changed row.</summary>
    public required IngestReport Report { get; init; }

    /// <summary>Why the file would be refused as a whole, such as a contradicted total; null if it would be taken.</summary>
    public string? Refusal { get; init; }

    /// <summary>The statement of the dry run, as text.</summary>
    public required string Statement { get; init; }

    /// <summary>The first rows.</summary>
    public required PreviewRows Rows { get; init; }
}
