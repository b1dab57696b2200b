namespace Billing.Web.Contracts;

/// <summary>Ends an upload: <c>POST /api/uploads/{id}/complete</c>.</summary>
public sealed record UploadCompletion
{
    /// <summary>The SHA-256 of the whole file, 64 hexadecimal digits. If the bytes that are there have another one, the upload is refused and begins again at 0.</summary>
    public string? Sha256 { get; init; }
}
