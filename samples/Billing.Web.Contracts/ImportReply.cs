namespace Billing.Web.Contracts;

/// <summary>An import: <c>POST /api/uploads/{id}/import</c> answers 202 with it, <c>GET /api/imports/{id}</c> with its state.</summary>
public sealed record ImportReply
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The upload that it reads.</summary>
    public required string UploadId { get; init; }

    /// <summary>The name of the file.</summary>
    public required string Name { get; init; }

    /// <summary><c>running</c>, <c>completed</c>, <c>failed</c>, <c>cancelled</c>, or <c>interrupted</c> if the host ended meanwhile: import the upload again, nothing is doubled.</summary>
    public required string State { get; init; }

    /// <summary>The bytes that were read.</summary>
    public long BytesRead { get; init; }

    /// <summary>The bytes of the file.</summary>
    public long? BytesTotal { get; init; }

    /// <summary>The report so far, or at the end.</summary>
    public IngestReport? Report { get; init; }

    /// <summary>The statement, once it has ended.</summary>
    public string? Statement { get; init; }

    /// <summary>Why it failed, or null.</summary>
    public string? Error { get; init; }
}
