using System.Globalization;
using System.Text;

namespace Billing.Sinks.Sql.Records;

/// <summary>Gives records new keys and fingerprints. Used inside a transaction.</summary>
internal sealed class RecordMoves(SqlSchema schema, ServerDialect dialect, SqlRecords records, string store)
{
    private const int MovesPerStatement = 250;

    /// <exception cref="BillingException">A record exists neither in its old form nor in its new one.</exception>
    public async ValueTask ApplyAsync(SqlSession session, IReadOnlyList<RecordMove> moves, CancellationToken cancellationToken)
    {
        foreach (RecordMove[] some in moves.Chunk(MovesPerStatement))
        {
            HashSet<RecordKey> found = await KeysAsync(session, some.Select(move => move.From.Key), cancellationToken).ConfigureAwait(false);
            RecordMove[] gone = [.. some.Where(move => !found.Contains(move.From.Key))];
            IReadOnlyList<BillingRecord?> moved = await records.FindAllAsync(session, [.. gone.Select(move => move.To.Key)], cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < gone.Length; i++)
            {
                if (!gone[i].IsDone(moved[i]))
                {
                    throw gone[i].Lost(store);
                }
            }

            RecordMove[] open = [.. some.Where(move => found.Contains(move.From.Key))];
            if (open.Length > 0)
            {
                await WriteAsync(session, open, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask WriteAsync(SqlSession session, RecordMove[] moves, CancellationToken cancellationToken)
    {
        // Literals: a thousand parameters of the same type would add nothing.
        StringBuilder rows = new();
        foreach (RecordMove move in moves)
        {
            rows.Append(rows.Length == 0 ? "" : " UNION ALL ").Append(CultureInfo.InvariantCulture, $"SELECT {dialect.Literal(move.From.Key)} AS was, {dialect.Literal(move.To.Key)} AS now_is, {dialect.Literal(move.To.Fingerprint)} AS print, {move.To.Occurrence} AS place");
        }

        await session.WriteAsync(dialect.UpdateJoin(schema.Records, rows.ToString(), "r.key_hash = m.was", "key_hash = m.now_is, fingerprint = m.print, occurrence = m.place"), [], moves.Length, cancellationToken).ConfigureAwait(false);
        await session.ExecuteAsync(dialect.UpdateJoin(schema.Alerts, rows.ToString(), "r.key_hash = m.was", "key_hash = m.now_is"), cancellationToken).ConfigureAwait(false);

        // Few records have ignored attributes, and even fewer have different ones than before.
        foreach (RecordMove move in moves.Where(move => !move.From.Attributes.Ignored.SequenceEqual(move.To.Attributes.Ignored)))
        {
            await session.WriteAsync($"UPDATE {schema.Records.Sql} SET attributes = @p0 WHERE key_hash = {dialect.Literal(move.To.Key)}", [dialect.Json(JsonText.ToBytes(move.To.Attributes))], 1, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<HashSet<RecordKey>> KeysAsync(SqlSession session, IEnumerable<RecordKey> keys, CancellationToken cancellationToken)
    {
        HashSet<RecordKey> found = [];
        string list = string.Join(',', keys.Select(dialect.Literal));
        await foreach (SqlRow row in session.ReadAsync($"SELECT key_hash FROM {schema.Records.Sql} WHERE key_hash IN ({list}) FOR UPDATE", [], cancellationToken).ConfigureAwait(false))
        {
            found.Add(row.Key(0));
        }

        return found;
    }
}
