namespace Billing.Aws;

/// <summary>An object that S3 has stored.</summary>
/// <param name="Address">The address, such as <c>s3://bucket/key</c>.</param>
/// <param name="ETag">The entity tag.</param>
/// <param name="VersionId">The version, or null if the bucket keeps no versions.</param>
/// <param name="Sha256">The SHA-256 of the content, in lower-case hexadecimal.</param>
public sealed record S3StoredObject(string Address, string ETag, string? VersionId, string Sha256);
