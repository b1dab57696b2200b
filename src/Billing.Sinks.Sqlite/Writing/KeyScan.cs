namespace Billing.Sinks.Sqlite.Writing;

/// <summary>
/// Reads records in the order of their ids. Those of a source lie beside each other: the next is one step away, where a look-up by its id
/// would start at the root of the table.
/// </summary>
internal sealed class KeyScan(SqliteSession session) : IDisposable
{
    // A look-up costs as much as this many steps.
    private const int MostSteps = 4;

    private const int IdColumn = 4;

    private readonly SqliteStatement _records = session.Prepare("SELECT key, fingerprint, origin, key_slot, id FROM records WHERE id >= ?1 ORDER BY id");

    // Where the scan stands; below all ids before it begins, above all after the last record.
    private long _at = long.MinValue;

    /// <summary>Moves to the first record from <paramref name="id"/> on.</summary>
    /// <param name="id">Not below the id of the call before, unless <see cref="End"/> was called.</param>
    /// <returns>Its id, or null if there is none.</returns>
    public long? MoveTo(long id)
    {
        if (_at < id - MostSteps)
        {
            _records.Reset();
            _records.Bind(1, id);
            Step();
        }

        while (_at < id)
        {
            Step();
        }

        return _at == long.MaxValue ? null : _at;
    }

    /// <summary>Returns the current record if it has the key; otherwise null, and <paramref name="free"/> is above its slot if the keys begin alike.</summary>
    public StoredKey? Read(ReadOnlySpan<byte> key, ref int free) => StoredKey.Of(_records, key, ref free);

    /// <summary>Reads the record of an id as above, outside of a scan.</summary>
    public StoredKey? ReadAlone(long id, ReadOnlySpan<byte> key, ref int free)
    {
        try
        {
            return MoveTo(id) == id ? Read(key, ref free) : null;
        }
        finally
        {
            End();
        }
    }

    /// <summary>The head of the key of the current record.</summary>
    public ulong Head() => KeyIndex.HeadOf(_records.Bytes(0));

    /// <summary>Ends the scan. The next may begin at any id.</summary>
    public void End()
    {
        _records.Reset();
        _at = long.MinValue;
    }

    public void Dispose() => _records.Dispose();

    private void Step() => _at = _records.Step() ? _records.Int64(IdColumn) : long.MaxValue;
}
