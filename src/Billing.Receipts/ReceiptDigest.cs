namespace Billing;

/// <summary>What names the bytes of a file.</summary>
/// <param name="Id">Their SHA-256, 64 lower-case hexadecimal digits: the <see cref="Receipt.Id"/>.</param>
/// <param name="Size">Their number.</param>
public readonly record struct ReceiptDigest(string Id, long Size);
