using System.Buffers.Text;

namespace Billing.Storage;

/// <summary>Reads and writes continuation tokens: the query that a token belongs to, then the position after which the next page begins, in base64url.</summary>
internal static class PageToken
{
    private const int MaxPageSize = 10_000;

    /// <summary>Returns the page size of a request.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The page size is not 1 to 10,000.</exception>
    public static int SizeOf(PageRequest page) => page.PageSize is >= 1 and <= MaxPageSize
        ? page.PageSize
        : throw new ArgumentOutOfRangeException(nameof(page), page.PageSize, $"The page size is {page.PageSize}. Use 1 to {MaxPageSize}.");

    /// <summary>Returns a token for what follows <paramref name="position"/> in the query.</summary>
    public static string Write(QueryIdentity query, ReadOnlySpan<byte> position)
    {
        byte[] bytes = new byte[QueryIdentity.Size + position.Length];
        query.CopyTo(bytes);
        position.CopyTo(bytes.AsSpan(QueryIdentity.Size));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Returns the position that <see cref="Write"/> was given, or null if the first page is requested.</summary>
    /// <exception cref="ArgumentException">The token does not belong to this query.</exception>
    public static byte[]? Read(PageRequest page, QueryIdentity query)
    {
        if (page.ContinuationToken is not { } token)
        {
            return null;
        }

        byte[] bytes = new byte[Base64Url.GetMaxDecodedLength(token.Length)];
        return Base64Url.IsValid(token) && Base64Url.TryDecodeFromChars(token, bytes, out int length) && query.Begins(bytes.AsSpan(0, length))
            ? bytes[QueryIdentity.Size..length]
            : throw Foreign();
    }

    /// <summary>Returns the exception for a token that does not belong to this query.</summary>
    public static ArgumentException Foreign() =>
        new("The continuation token does not belong to this query. Use the token of the previous page, with the same filters, or null for the first page.", nameof(PageRequest.ContinuationToken));
}
