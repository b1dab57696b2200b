using System.Security.Cryptography;
using System.Text;

namespace Billing.Sinks.Aurora.Writing;

/// <summary>
/// Finds what is stored under the keys of a batch. If all keys of the previous batch were stored, with the same content and from one source,
/// the server is asked only for a SHA-256 over what it has. If that differs, the stored rows are read.
/// </summary>
internal sealed class KeyLookup(SqlTable records)
{
    private const int KeysPerStatement = ServerRecords.KeysPerStatement;
    private const int HexDigits = 2 * RecordKey.Size;
    private const int DigestBytes = RecordKey.Size + Fingerprint.Size;

    private readonly string _where = $" FROM {records.Sql} WHERE key_hash IN (";
    private volatile bool _expectsAll;

    /// <summary>Adds to <paramref name="found"/> what is stored under some keys of a batch.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="keys">The keys, in order, with their indexes in the batch.</param>
    /// <param name="withPlace">Whether to read the line, the byte offset and the run too.</param>
    /// <param name="found">Receives what is stored, by key.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask FindAsync(
        AuroraSession session, IReadOnlyList<BillingRecord> batch, ReadOnlyMemory<(RecordKey Key, int Index)> keys, bool withPlace, Dictionary<RecordKey, StoredRecord> found, CancellationToken cancellationToken)
    {
        for (int start = 0; start < keys.Length; start += KeysPerStatement)
        {
            ReadOnlyMemory<(RecordKey Key, int Index)> some = keys[start..Math.Min(keys.Length, start + KeysPerStatement)];
            if (withPlace || !_expectsAll || !await TryFindAllAsync(session, batch, some, found, cancellationToken).ConfigureAwait(false))
            {
                await FindEachAsync(session, batch, some, withPlace, found, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask<bool> TryFindAllAsync(
        AuroraSession session, IReadOnlyList<BillingRecord> batch, ReadOnlyMemory<(RecordKey Key, int Index)> keys, Dictionary<RecordKey, StoredRecord> found, CancellationToken cancellationToken)
    {
        string sql = Sql("SELECT SHA2(GROUP_CONCAT(key_hash, fingerprint ORDER BY key_hash SEPARATOR ''), 256), MIN(source), MAX(source)" + _where, keys);
        string? source = null;
        await foreach (SqlRow row in session.ReadAsync(sql, [], cancellationToken).ConfigureAwait(false))
        {
            if (!row.IsNull(0) && row.Text(0) == Sha256Of(batch, keys.Span) && row.Identifier(1) == row.Identifier(2))
            {
                source = row.Identifier(1);
            }
        }

        _expectsAll = source is not null;
        if (source is not null)
        {
            foreach ((RecordKey key, int index) in keys.Span)
            {
                found[key] = new StoredRecord(batch[index].Fingerprint, source);
            }
        }

        return source is not null;
    }

    private async ValueTask FindEachAsync(
        AuroraSession session, IReadOnlyList<BillingRecord> batch, ReadOnlyMemory<(RecordKey Key, int Index)> keys, bool withPlace, Dictionary<RecordKey, StoredRecord> found, CancellationToken cancellationToken)
    {
        // One value for each row: drivers take their time for every one.
        string sql = Sql("SELECT CONCAT(key_hash, fingerprint, source)" + (withPlace ? ", line, byte_offset, run_id" : "") + _where, keys);
        byte[]? lastSource = null;
        string source = "";
        bool isOneSource = true;
        await foreach (SqlRow row in session.ReadAsync(sql, [], cancellationToken).ConfigureAwait(false))
        {
            ReadOnlySpan<byte> value = row.Bytes(0);
            if (lastSource is null || !value[DigestBytes..].SequenceEqual(lastSource))
            {
                isOneSource = lastSource is null;
                lastSource = value[DigestBytes..].ToArray();
                source = Encoding.UTF8.GetString(lastSource);
            }

            Fingerprint fingerprint = new(value.Slice(RecordKey.Size, Fingerprint.Size));

            // Equal keys of the batch may be in two successive statements.
            found[new RecordKey(value[..RecordKey.Size])] =
                withPlace ? new StoredRecord(fingerprint, source, row.Int64(1), row.Int64(2), row.Identifier(3)) : new StoredRecord(fingerprint, source);
        }

        _expectsAll = isOneSource && AreAllThere(batch, keys.Span, found);
    }

    private static bool AreAllThere(IReadOnlyList<BillingRecord> batch, ReadOnlySpan<(RecordKey Key, int Index)> keys, Dictionary<RecordKey, StoredRecord> found)
    {
        foreach ((RecordKey key, int index) in keys)
        {
            if (!found.TryGetValue(key, out StoredRecord stored) || stored.Fingerprint != batch[index].Fingerprint)
            {
                return false;
            }
        }

        return true;
    }

    // In the form of SHA2: 64 digits in lower case.
    private static string Sha256Of(IReadOnlyList<BillingRecord> batch, ReadOnlySpan<(RecordKey Key, int Index)> keys)
    {
        byte[] bytes = new byte[keys.Length * DigestBytes];
        Span<byte> rest = bytes;
        foreach ((RecordKey key, int index) in keys)
        {
            key.CopyTo(rest);
            batch[index].Fingerprint.CopyTo(rest[RecordKey.Size..]);
            rest = rest[DigestBytes..];
        }

        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    private static string Sql(string select, ReadOnlyMemory<(RecordKey Key, int Index)> keys) =>
        string.Create(select.Length + (keys.Length * (HexDigits + "X'',".Length)), (select, keys), static (text, arguments) =>
        {
            arguments.select.CopyTo(text);
            Span<char> rest = text[arguments.select.Length..];
            Span<byte> bytes = stackalloc byte[RecordKey.Size];
            foreach ((RecordKey key, _) in arguments.keys.Span)
            {
                key.CopyTo(bytes);
                "X'".CopyTo(rest);
                rest = rest["X'".Length..];
                _ = Convert.TryToHexString(bytes, rest, out int digits);
                rest = rest[digits..];
                "',".CopyTo(rest);
                rest = rest["',".Length..];
            }

            // Replaces the last comma.
            text[^1] = ')';
        });
}
