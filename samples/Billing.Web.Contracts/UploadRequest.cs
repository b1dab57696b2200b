namespace Billing.Web.Contracts;

/// <summary>Begins an upload: <c>POST /api/uploads</c>.</summary>
public sealed record UploadRequest
{
    /// <summary>The name of the file, without a path. It is a label; files are stored under names of the host.</summary>
    public string? Name { get; init; }

    /// <summary>Its number of bytes.</summary>
    public long? Size { get; init; }
}
