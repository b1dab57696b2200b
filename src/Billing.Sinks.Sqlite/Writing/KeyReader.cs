namespace Billing.Sinks.Sqlite.Writing;

/// <summary>Reads what is stored under an id, to compare its key.</summary>
internal sealed class KeyReader(SqliteSession session) : IDisposable
{
    private readonly SqliteStatement _record = session.Prepare("SELECT key, fingerprint, origin, key_slot FROM records WHERE id = ?1");

    /// <summary>Returns the record of an id if it has the key; otherwise null, and <paramref name="free"/> is above its slot if the keys begin alike.</summary>
    public StoredKey? Read(long id, ReadOnlySpan<byte> key, ref int free)
    {
        _record.Bind(1, id);
        try
        {
            return _record.Step() ? StoredKey.Of(_record, key, ref free) : null;
        }
        finally
        {
            _record.Reset();
        }
    }

    public void Dispose() => _record.Dispose();
}
