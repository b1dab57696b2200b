using Npgsql;
using NpgsqlTypes;

namespace Billing.Sinks.Postgres.Writing;

/// <summary>Writes one batch: looks up what is stored, then copies the rest in the order of the keys. If another writer adds one of the keys meanwhile, the COPY fails and the batch starts again.</summary>
internal sealed class CopyWriter(SqlSchema schema) : IRecordWriter
{
    private const int KeysPerStatement = 5_000;

    /// <inheritdoc/>
    public async ValueTask<WriteOutcome[]> WriteAsync(ServerSession session, IReadOnlyList<BillingRecord> records, bool mayBeStored, CancellationToken cancellationToken)
    {
        WriteOutcome[] outcomes = new WriteOutcome[records.Count];
        (RecordKey Key, int Index)[] order = [.. records.Select((record, index) => (record.Key, index)).Order()];
        Dictionary<RecordKey, StoredRecord> known = await FindAsync(session, order, cancellationToken).ConfigureAwait(false);
        using ValueEncoder encoder = new(PostgresDialect.Instance);
        NpgsqlBinaryImporter? copy = null;
        int written = 0;
        try
        {
            foreach ((RecordKey key, int index) in order)
            {
                BillingRecord record = records[index];
                if (known.TryGetValue(key, out StoredRecord stored))
                {
                    // The connection was lost while an earlier attempt committed: what this same batch stored is not a duplicate.
                    outcomes[index] = mayBeStored && stored == StoredRecord.Of(record) ? WriteOutcome.Stored : stored.OutcomeOf(record);
                }
                else if (encoder.Encode(record) is { } refusal)
                {
                    outcomes[index] = WriteOutcome.Refused(refusal);
                }
                else
                {
                    copy ??= await ((PostgresSession)session).CopyAsync(schema.Records, cancellationToken).ConfigureAwait(false);
                    await WriteAsync(copy, encoder.Values, cancellationToken).ConfigureAwait(false);
                    written++;
                    known.Add(key, StoredRecord.Of(record));
                    outcomes[index] = WriteOutcome.Stored;
                }
            }

            if (copy is not null)
            {
                session.DemandWhole((int)await copy.CompleteAsync(cancellationToken).ConfigureAwait(false), written);
            }
        }
        finally
        {
            if (copy is not null)
            {
                await copy.DisposeAsync().ConfigureAwait(false);
            }
        }

        return outcomes;
    }

    private async ValueTask<Dictionary<RecordKey, StoredRecord>> FindAsync(ServerSession session, (RecordKey Key, int Index)[] order, CancellationToken cancellationToken)
    {
        Dictionary<RecordKey, StoredRecord> found = new(order.Length);
        foreach ((RecordKey Key, int Index)[] some in order.Chunk(KeysPerStatement))
        {
            byte[][] keys = [.. some.Select(entry => entry.Key.ToByteArray())];
            await foreach (SqlRow row in session.ReadAsync($"SELECT key_hash, fingerprint, source, line, byte_offset, run_id FROM {schema.Records.Sql} WHERE key_hash = ANY(@p0)", [keys], cancellationToken).ConfigureAwait(false))
            {
                found[row.Key(0)] = new StoredRecord(new Fingerprint(row.Bytes(1)), row.Identifier(2), row.Int64(3), row.Int64(4), row.Identifier(5));
            }
        }

        return found;
    }

    private static async ValueTask WriteAsync(NpgsqlBinaryImporter copy, IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        await copy.StartRowAsync(cancellationToken).ConfigureAwait(false);
        foreach (object? value in values)
        {
            await (value switch
            {
                null => copy.WriteNullAsync(cancellationToken),
                byte[] bytes => copy.WriteAsync(bytes, NpgsqlDbType.Bytea, cancellationToken),
                long number => copy.WriteAsync(number, NpgsqlDbType.Bigint, cancellationToken),
                decimal amount => copy.WriteAsync(amount, NpgsqlDbType.Numeric, cancellationToken),
                DateOnly date => copy.WriteAsync(date, NpgsqlDbType.Date, cancellationToken),
                _ => copy.WriteAsync((string)value, NpgsqlDbType.Text, cancellationToken),
            }).ConfigureAwait(false);
        }
    }
}
