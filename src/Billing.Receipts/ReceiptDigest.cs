namespace Billing;

/// <summary>The digest of a file's bytes, with their number.</summary>
/// <param name="Id">The SHA-256 of the bytes, 64 lower-case hexadecimal digits: the <see cref="Receipt.Id"/>.</param>
/// <param name="Size">The number of bytes.</param>
public readonly record struct ReceiptDigest(string Id, long Size);
