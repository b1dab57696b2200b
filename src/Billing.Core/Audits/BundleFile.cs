namespace Billing.Audits;

/// <summary>A file of a bundle, as the manifest names it.</summary>
internal sealed record BundleFile(string Name, long Bytes, long Lines, string Sha256);
