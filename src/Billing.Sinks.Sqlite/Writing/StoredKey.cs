namespace Billing.Sinks.Sqlite.Writing;

/// <summary>What the store has under a key.</summary>
/// <param name="Found">Whether there is a record.</param>
/// <param name="Fingerprint">Its fingerprint.</param>
/// <param name="Origin">The id of its origin.</param>
/// <param name="Slot">If there is no record: the first slot that no key with the same first eight bytes has.</param>
internal readonly record struct StoredKey(bool Found, Fingerprint Fingerprint, long Origin, int Slot)
{
    /// <summary>There is no such record.</summary>
    public static StoredKey None(int slot) => new(false, default, 0, slot);

    /// <summary>Returns the record of the current row (key, fingerprint, origin, slot) if it has the key; otherwise null, and its slot is taken.</summary>
    public static StoredKey? Of(SqliteStatement row, ReadOnlySpan<byte> key, ref int free)
    {
        ReadOnlySpan<byte> stored = row.Bytes(0);
        if (stored.SequenceEqual(key))
        {
            return new StoredKey(true, new Fingerprint(row.Bytes(1)), row.Int64(2), row.Int32(3));
        }

        if (KeyIndex.HeadOf(stored) == KeyIndex.HeadOf(key))
        {
            free = Math.Max(free, row.Int32(3) + 1);
        }

        return null;
    }
}
