using System.Security.Cryptography;
using Amazon.DynamoDBv2.Model;

namespace Billing.Sinks.Dynamo.Items;

/// <summary>Stores bytes that may be too many for one item: in separate items, under their SHA-256, so that equal bytes are the same items.</summary>
internal sealed class LargeBytes(ItemPuts puts, ItemReader reader, string table)
{
    private const int InlineSize = 64 * 1024;
    private const int ChunkSize = 256 * 1024;
    private const string HashSuffix = "_sha256";
    private const string LengthSuffix = "_length";

    /// <summary>The attributes that bytes of a name may have.</summary>
    public static string[] NamesOf(string name) => [name, name + HashSuffix, name + LengthSuffix];

    /// <summary>Adds bytes to an item. If there are many, stores them separately and adds a reference.</summary>
    public async Task WriteAsync(ItemBuilder item, string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (bytes.Length <= InlineSize)
        {
            item.Bytes(name, bytes.Span);
            return;
        }

        string hash = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
        await puts.WriteAsync(Chunks(hash, bytes), cancellationToken).ConfigureAwait(false);
        item.Text(name + HashSuffix, hash);
        item.Number(name + LengthSuffix, bytes.Length);
    }

    /// <summary>Returns the bytes that <see cref="WriteAsync"/> stored; empty if there were none.</summary>
    /// <exception cref="BillingException">Some of the bytes are missing.</exception>
    public async Task<byte[]> ReadAsync(Dictionary<string, AttributeValue> item, string name, CancellationToken cancellationToken)
    {
        if (item.TryGetValue(name, out AttributeValue? inline))
        {
            return inline.B.ToArray();
        }

        if (ItemBuilder.ReadText(item, name + HashSuffix) is not { } hash)
        {
            return [];
        }

        byte[] bytes = new byte[RecordItem.Int64(item, name + LengthSuffix)];
        for (int start = 0; start < bytes.Length; start += ChunkSize)
        {
            Dictionary<string, AttributeValue> key = new() { [Names.Key] = new AttributeValue { S = KeyOf(hash, start) } };
            byte[] chunk = (await reader.FindAsync(table, key, cancellationToken).ConfigureAwait(false))?[Names.Chunk].B.ToArray() ?? [];
            chunk.AsSpan(0, Math.Min(chunk.Length, bytes.Length - start)).CopyTo(bytes.AsSpan(start));
        }

        return Convert.ToHexStringLower(SHA256.HashData(bytes)) == hash
            ? bytes
            : throw new BillingException($"The {name} bytes with the SHA-256 {hash} in the DynamoDB table {table} are incomplete. Restore the items whose key starts with '{Names.Bytes}#{hash}'.");
    }

    private static IEnumerable<Dictionary<string, AttributeValue>> Chunks(string hash, ReadOnlyMemory<byte> bytes)
    {
        for (int start = 0; start < bytes.Length; start += ChunkSize)
        {
            ItemBuilder chunk = new();
            chunk.Text(Names.Key, KeyOf(hash, start));
            chunk.Bytes(Names.Chunk, bytes.Span[start..Math.Min(bytes.Length, start + ChunkSize)]);
            yield return chunk.Item;
        }
    }

    private static string KeyOf(string hash, int start) => FormattableString.Invariant($"{Names.Bytes}#{hash}#{start / ChunkSize}");
}
