namespace Billing.Sinks.Sqlite.Records;

/// <summary>Gives records new keys and fingerprints, inside a transaction of its caller. The triggers of <see cref="EditSchema"/> keep the indexes correct.</summary>
internal static class SqliteMoves
{
    private const int MovesBetweenLooksAtCancellation = 64;

    /// <exception cref="BillingException">A record exists neither in its old form nor in its new one.</exception>
    public static void Apply(SqliteSession session, IReadOnlyList<RecordMove> moves, string store, CancellationToken cancellationToken)
    {
        // Everything is sorted first, so that the index finds the heads.
        session.Execute(EditSchema.Sort);
        using SqliteStatement move = session.Prepare("""
            UPDATE records SET key = ?2, key_slot = (SELECT coalesce(max(slot) + 1, 0) FROM record_keys WHERE head = substr(?2, 1, 8)), fingerprint = ?3, occurrence = ?4, attributes = ?5
            WHERE id = (SELECT k.id FROM record_keys AS k JOIN records AS r ON r.id = k.id WHERE k.head = substr(?1, 1, 8) AND r.key = ?1)
            """);
        using SqliteStatement change = session.Prepare("""
            UPDATE records SET fingerprint = ?3, attributes = ?5
            WHERE id = (SELECT k.id FROM record_keys AS k JOIN records AS r ON r.id = k.id WHERE k.head = substr(?1, 1, 8) AND r.key = ?1)
            """);
        using SqliteStatement alerts = session.Prepare("UPDATE alerts SET key = ?2 WHERE key = ?1");
        for (int i = 0; i < moves.Count; i++)
        {
            if (i % MovesBetweenLooksAtCancellation == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            (BillingRecord from, BillingRecord to) = moves[i];
            SqliteStatement statement = moves[i].ChangesKey ? move : change;
            statement.BindKey(1, from.Key);
            if (moves[i].ChangesKey)
            {
                statement.BindKey(2, to.Key);
                statement.Bind(4, (long)to.Occurrence);
            }

            statement.BindBlob(3, to.Fingerprint.ToByteArray());
            if (JsonText.ToBytes(to.Attributes) is { } attributes)
            {
                statement.BindText(5, attributes);
            }
            else
            {
                statement.BindNull(5);
            }

            statement.Run();
            if (session.Changes == 0)
            {
                if (!moves[i].IsDone(SqliteRecords.FindAll(session, [to.Key])[0]))
                {
                    throw moves[i].Lost(store);
                }
            }
            else if (moves[i].ChangesKey)
            {
                alerts.BindKey(1, from.Key);
                alerts.BindKey(2, to.Key);
                alerts.Run();
            }
        }
    }
}
