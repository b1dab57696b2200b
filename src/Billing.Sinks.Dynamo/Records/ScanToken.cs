using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace Billing.Sinks.Dynamo.Records;

/// <summary>
/// A continuation token of a table with a layout: that of every store, and a mark that says which scan of which reader it comes from, and which item the page ended with.
/// Tokens of earlier versions have no mark.
/// </summary>
/// <param name="Page">The token of every store.</param>
/// <param name="Reader">Who scanned, or null without a mark.</param>
/// <param name="Scan">The number of the scan.</param>
/// <param name="ItemKey">The key of the last item, as <see cref="ItemKeys.Pack"/> gives it.</param>
internal readonly record struct ScanToken(string? Page, Guid? Reader = null, long Scan = 0, string? ItemKey = null)
{
    // Not a character of base64url.
    private const char Separator = '.';

    // A Guid and the number of the scan.
    private const int ScanAt = 16;
    private const int KeyAt = ScanAt + sizeof(long);

    /// <exception cref="ArgumentException">The mark is damaged.</exception>
    public static ScanToken Parse(string? token)
    {
        if (token is null || token.IndexOf(Separator, StringComparison.Ordinal) is not (>= 0 and int at))
        {
            return new ScanToken(token);
        }

        ReadOnlySpan<char> mark = token.AsSpan(at + 1);
        byte[] bytes = new byte[Base64Url.GetMaxDecodedLength(mark.Length)];
        if (!Base64Url.IsValid(mark) || !Base64Url.TryDecodeFromChars(mark, bytes, out int length) || length <= KeyAt)
        {
            throw StorePages.ForeignToken();
        }

        return new ScanToken(token[..at], new Guid(bytes.AsSpan(0, ScanAt)), BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(ScanAt)), Encoding.UTF8.GetString(bytes.AsSpan(KeyAt..length)));
    }

    public override string ToString()
    {
        if (Reader is not { } reader || ItemKey is null)
        {
            return Page ?? "";
        }

        byte[] bytes = new byte[KeyAt + Encoding.UTF8.GetByteCount(ItemKey)];
        reader.TryWriteBytes(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(ScanAt), Scan);
        Encoding.UTF8.GetBytes(ItemKey, bytes.AsSpan(KeyAt));
        return Page + Separator + Base64Url.EncodeToString(bytes);
    }
}
