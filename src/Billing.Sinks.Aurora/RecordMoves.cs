using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Billing.Sinks.Aurora;

/// <summary>Gives records other keys and fingerprints. Used inside a transaction.</summary>
internal sealed class RecordMoves(AuroraTable records, AuroraTable alerts, string store)
{
    private const int MovesPerStatement = 250;

    /// <exception cref="BillingException">A record is there neither as it was nor as it is to be.</exception>
    public async ValueTask ApplyAsync(AuroraSession session, IReadOnlyList<RecordMove> moves, CancellationToken cancellationToken)
    {
        foreach (RecordMove[] some in moves.Chunk(MovesPerStatement))
        {
            HashSet<RecordKey> found = await KeysAsync(session, some.SelectMany(move => (RecordKey[])[move.From.Key, move.To.Key]), cancellationToken).ConfigureAwait(false);
            foreach (RecordMove move in some.Where(move => !found.Contains(move.From.Key) && !found.Contains(move.To.Key)))
            {
                throw move.Lost(store);
            }

            RecordMove[] open = [.. some.Where(move => found.Contains(move.From.Key))];
            if (open.Length > 0)
            {
                await WriteAsync(session, open, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask WriteAsync(AuroraSession session, RecordMove[] moves, CancellationToken cancellationToken)
    {
        // Literals: a thousand parameters of one type each would say no more.
        StringBuilder rows = new();
        foreach (RecordMove move in moves)
        {
            rows.Append(rows.Length == 0 ? "" : " UNION ALL ").Append(CultureInfo.InvariantCulture, $"SELECT X'{move.From.Key}' AS was, X'{move.To.Key}' AS now, X'{move.To.Fingerprint}' AS print, {move.To.Occurrence} AS place");
        }

        await session.WriteAsync(
            $"UPDATE `{records.Name}` AS r JOIN ({rows}) AS m ON r.key_hash = m.was SET r.key_hash = m.now, r.fingerprint = m.print, r.occurrence = m.place", [], moves.Length, cancellationToken).ConfigureAwait(false);
        await session.ExecuteAsync($"UPDATE `{alerts.Name}` AS r JOIN ({rows}) AS m ON r.key_hash = m.was SET r.key_hash = m.now", cancellationToken).ConfigureAwait(false);

        // Few have ignored attributes, and fewer have others than before.
        foreach (RecordMove move in moves.Where(move => !move.From.Attributes.Ignored.SequenceEqual(move.To.Attributes.Ignored)))
        {
            await session.WriteAsync($"UPDATE `{records.Name}` SET attributes = @p0 WHERE key_hash = X'{move.To.Key}'", [Json(move.To.Attributes)], 1, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<HashSet<RecordKey>> KeysAsync(AuroraSession session, IEnumerable<RecordKey> keys, CancellationToken cancellationToken)
    {
        HashSet<RecordKey> found = [];
        string list = string.Join(',', keys.Select(key => $"X'{key}'"));
        await foreach (AuroraRow row in session.ReadAsync($"SELECT key_hash FROM `{records.Name}` WHERE key_hash IN ({list}) FOR UPDATE", [], cancellationToken).ConfigureAwait(false))
        {
            found.Add(row.Key(0));
        }

        return found;
    }

    private static byte[] Json(RecordAttributes attributes)
    {
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter writer = JsonText.NewWriter(buffer);
        JsonText.Write(writer, attributes);
        return buffer.WrittenSpan.ToArray();
    }
}
