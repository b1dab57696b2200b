using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Billing.Storage;

/// <summary>A digest of a query's filters, so that the token of one query is not taken for that of another.</summary>
internal readonly struct QueryIdentity
{
    /// <summary>The number of bytes: 8. That is enough against mistakes: a token gives access to nothing that the query does not.</summary>
    public const int Size = 8;

    private readonly ulong _digest;

    private QueryIdentity(params ReadOnlySpan<string?> parts)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[sizeof(int)];
        foreach (string? part in parts)
        {
            BinaryPrimitives.WriteInt32BigEndian(number, part?.Length ?? -1);
            hash.AppendData(number);
            hash.AppendData(Encoding.UTF8.GetBytes(part ?? ""));
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        _digest = BinaryPrimitives.ReadUInt64BigEndian(digest);
    }

    /// <summary>The identity of the listing of runs.</summary>
    public static QueryIdentity Runs { get; } = new("runs");

    /// <summary>The identity of a listing that a store has besides.</summary>
    public static QueryIdentity OfListing(string listing) => new(listing);

    /// <summary>Returns the identity of a query of records.</summary>
    public static QueryIdentity Of(RecordQuery query) => new(["records", .. Filters(query)]);

    /// <summary>Returns the identity of a list of records in an order.</summary>
    public static QueryIdentity Of(RecordListQuery query) => new(["list", query.Order.ToString(), query.IsDescending ? "descending" : null, .. Filters(query.Filter)]);

    /// <summary>Returns the identity of a query of the quarantine.</summary>
    public static QueryIdentity Of(QuarantineQuery query) => new(
        "quarantine",
        query.Reason,
        query.SourceName,
        query.RunId,
        query.Line?.ToString(CultureInfo.InvariantCulture),
        query.Key?.ToString(),
        query.IncludeResolved ? "resolved" : null);

    /// <summary>Returns the identity of a query of documents.</summary>
    public static QueryIdentity Of(DocumentQuery query) => new(
        "documents",
        LedgerDocument.CheckedKind(query.Kind),
        query.IdPrefix,
        query.LastFirst ? "last first" : null);

    /// <summary>Writes the 8 bytes to <paramref name="destination"/>.</summary>
    public void CopyTo(Span<byte> destination) => BinaryPrimitives.WriteUInt64BigEndian(destination, _digest);

    /// <summary>Whether <paramref name="bytes"/> begin with the 8 bytes.</summary>
    public bool Begins(ReadOnlySpan<byte> bytes) => bytes.Length >= Size && BinaryPrimitives.ReadUInt64BigEndian(bytes) == _digest;

    private static string?[] Filters(RecordQuery query) =>
    [
        query.From?.ToString("O", CultureInfo.InvariantCulture),
        query.To?.ToString("O", CultureInfo.InvariantCulture),
        query.Party,
        query.Category,
        query.Currency,
        query.Text,
        query.RunId,
        query.SourceName,
        query.Line?.ToString(CultureInfo.InvariantCulture),
        query.Scope,
        query.Flag,
    ];
}
