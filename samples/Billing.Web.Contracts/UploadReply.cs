namespace Billing.Web.Contracts;

/// <summary>An upload. Its pieces are sent by <c>PATCH</c> with <c>Upload-Offset</c>, which is <see cref="Offset"/>.</summary>
public sealed record UploadReply
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The name of the file.</summary>
    public required string Name { get; init; }

    /// <summary>Its number of bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The number of bytes that are there. After a broken connection, go on from here.</summary>
    public required long Offset { get; init; }

    /// <summary>Whether all of it is there and its SHA-256 was checked.</summary>
    public bool IsComplete { get; init; }

    /// <summary>Its SHA-256, once it is complete.</summary>
    public string? Sha256 { get; init; }

    /// <summary>When it is deleted if nobody uses it.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
