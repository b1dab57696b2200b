using System.Buffers;
using System.Text.Json;

namespace Billing.Sinks.Sqlite;

/// <summary>Gives records other keys and fingerprints, inside a transaction of its caller. The triggers of <see cref="EditSchema"/> keep the indexes true.</summary>
internal static class RecordMoves
{
    private const int MovesBetweenLooksAtCancellation = 64;

    /// <exception cref="BillingException">A record is there neither as it was nor as it is to be.</exception>
    public static void Apply(SqliteSession session, IReadOnlyList<RecordMove> moves, string store, CancellationToken cancellationToken)
    {
        IReadOnlyList<BillingRecord?> found = RecordTable.FindAll(session, [.. moves.Select(move => move.From.Key)]);
        IReadOnlyList<BillingRecord?> done = RecordTable.FindAll(session, [.. moves.Select(move => move.To.Key)]);

        // The triggers have sorted everything when the first of these changes a key, so the head is found by the index.
        using SqliteStatement move = session.Prepare("""
            UPDATE records SET key = ?2, key_slot = (SELECT coalesce(max(slot) + 1, 0) FROM record_keys WHERE head = substr(?2, 1, 8)), fingerprint = ?3, occurrence = ?4, attributes = ?5
            WHERE id = (SELECT k.id FROM record_keys AS k JOIN records AS r ON r.id = k.id WHERE k.head = substr(?1, 1, 8) AND r.key = ?1)
            """);
        using SqliteStatement change = session.Prepare("""
            UPDATE records SET fingerprint = ?3, attributes = ?5
            WHERE id = (SELECT k.id FROM record_keys AS k JOIN records AS r ON r.id = k.id WHERE k.head = substr(?1, 1, 8) AND r.key = ?1)
            """);
        using SqliteStatement alerts = session.Prepare("UPDATE alerts SET key = ?2 WHERE key = ?1");
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter json = JsonText.NewWriter(buffer);
        session.Execute(EditSchema.Sort);
        for (int i = 0; i < moves.Count; i++)
        {
            if (i % MovesBetweenLooksAtCancellation == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            (BillingRecord from, BillingRecord to) = moves[i];
            if (found[i] is null)
            {
                if (done[i] is null)
                {
                    throw moves[i].Lost(store);
                }

                continue;
            }

            SqliteStatement statement = moves[i].ChangesKey ? move : change;
            statement.BindKey(1, from.Key);
            if (moves[i].ChangesKey)
            {
                statement.BindKey(2, to.Key);
                statement.Bind(4, (long)to.Occurrence);
                alerts.BindKey(1, from.Key);
                alerts.BindKey(2, to.Key);
                alerts.Run();
            }

            statement.BindBlob(3, to.Fingerprint.ToByteArray());
            BindAttributes(statement, to.Attributes, buffer, json);
            statement.Run();
        }
    }

    private static void BindAttributes(SqliteStatement statement, RecordAttributes attributes, ArrayBufferWriter<byte> buffer, Utf8JsonWriter json)
    {
        if (attributes.Count == 0)
        {
            statement.BindNull(5);
            return;
        }

        buffer.ResetWrittenCount();
        json.Reset(buffer);
        JsonText.Write(json, attributes);
        statement.BindText(5, buffer.WrittenSpan);
    }
}
