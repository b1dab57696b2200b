using Billing.Sinks.Sql;
using Npgsql;
using NpgsqlTypes;

namespace Billing.Sinks.Postgres;

/// <summary>Writes one batch: looks for what is there, then copies the rest in the order of the keys. A key that another writer adds meanwhile fails the COPY, and the batch begins again.</summary>
internal sealed class RecordWriter(SqlSchema schema) : IRecordWriter
{
    private const int KeysPerStatement = 5_000;

    /// <inheritdoc/>
    public async ValueTask<WriteOutcome[]> WriteAsync(SqlSession session, IReadOnlyList<BillingRecord> records, bool mayBeStored, CancellationToken cancellationToken)
    {
        WriteOutcome[] outcomes = new WriteOutcome[records.Count];
        (RecordKey Key, int Index)[] order = [.. records.Select((record, index) => (record.Key, index)).Order()];
        Dictionary<RecordKey, StoredRecord> known = await FindAsync(session, order, cancellationToken).ConfigureAwait(false);
        NpgsqlBinaryImporter? copy = null;
        int written = 0;
        try
        {
            foreach ((RecordKey key, int index) in order)
            {
                BillingRecord record = records[index];
                if (known.TryGetValue(key, out StoredRecord stored))
                {
                    // The connection was lost while an earlier attempt was committed: what this very batch stored is no duplicate.
                    outcomes[index] = mayBeStored && stored == StoredRecord.Of(record) ? WriteOutcome.Stored : stored.OutcomeOf(record);
                }
                else if (RecordRules.RefusalOf(record) is { } refusal)
                {
                    outcomes[index] = WriteOutcome.Refused(refusal);
                }
                else
                {
                    copy ??= await ((PostgresSession)session).CopyAsync(schema.Records, cancellationToken).ConfigureAwait(false);
                    await WriteAsync(copy, record, cancellationToken).ConfigureAwait(false);
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

    private async ValueTask<Dictionary<RecordKey, StoredRecord>> FindAsync(SqlSession session, (RecordKey Key, int Index)[] order, CancellationToken cancellationToken)
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

    // In the order of the columns.
    private static async ValueTask WriteAsync(NpgsqlBinaryImporter copy, BillingRecord record, CancellationToken cancellationToken)
    {
        await copy.StartRowAsync(cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(record.Key.ToByteArray(), NpgsqlDbType.Bytea, cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(record.Fingerprint.ToByteArray(), NpgsqlDbType.Bytea, cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync((long)record.Occurrence, NpgsqlDbType.Bigint, cancellationToken).ConfigureAwait(false);
        await TextAsync(record.Scope).ConfigureAwait(false);
        await TextAsync(record.SourceId).ConfigureAwait(false);
        await copy.WriteAsync(record.Date, NpgsqlDbType.Date, cancellationToken).ConfigureAwait(false);
        await TextAsync(record.Instant?.ToString("O", System.Globalization.CultureInfo.InvariantCulture)).ConfigureAwait(false);
        await TextAsync(record.Party).ConfigureAwait(false);
        await TextAsync(record.Account).ConfigureAwait(false);
        await TextAsync(record.Description).ConfigureAwait(false);
        await MoneyAsync(record.Amount).ConfigureAwait(false);
        await MoneyAsync(record.ReportingAmount).ConfigureAwait(false);
        await TextAsync(record.ExchangeRate?.ValueText).ConfigureAwait(false);
        if (record.ExchangeRate?.Date is { } date)
        {
            await copy.WriteAsync(date, NpgsqlDbType.Date, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await copy.WriteNullAsync(cancellationToken).ConfigureAwait(false);
        }

        await TextAsync(record.ExchangeRate?.Source).ConfigureAwait(false);
        await TextAsync(record.Category).ConfigureAwait(false);
        await TextAsync(record.CategoryRule).ConfigureAwait(false);
        await TextAsync((string?)PostgresDialect.Instance.Json(JsonText.ToBytes(record.Flags))).ConfigureAwait(false);
        await TextAsync((string?)PostgresDialect.Instance.Json(JsonText.ToBytes(record.Alerts))).ConfigureAwait(false);
        await TextAsync((string?)PostgresDialect.Instance.Json(JsonText.ToBytes(record.Attributes))).ConfigureAwait(false);
        await TextAsync(record.Source.Name).ConfigureAwait(false);
        await copy.WriteAsync(record.Source.Line, NpgsqlDbType.Bigint, cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(record.Source.ByteOffset, NpgsqlDbType.Bigint, cancellationToken).ConfigureAwait(false);
        await TextAsync(record.RunId).ConfigureAwait(false);

        async ValueTask TextAsync(string? text)
        {
            if (text is null)
            {
                await copy.WriteNullAsync(cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await copy.WriteAsync(PostgresDialect.Escaped(text), NpgsqlDbType.Text, cancellationToken).ConfigureAwait(false);
            }
        }

        async ValueTask MoneyAsync(Money money)
        {
            await copy.WriteAsync(money.Amount, NpgsqlDbType.Numeric, cancellationToken).ConfigureAwait(false);
            await TextAsync(money.Currency.Code).ConfigureAwait(false);
        }
    }
}
