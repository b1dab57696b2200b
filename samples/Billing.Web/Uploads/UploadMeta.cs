namespace Billing.Web.Uploads;

/// <summary>What is kept beside the bytes of an upload.</summary>
internal sealed record UploadMeta(string Id, string Name, long Size, string? Sha256, DateTimeOffset UsedAt);
