using System.Buffers.Binary;
using Billing.Sinks.Sqlite.Connections;
using Billing.Sinks.Sqlite.Schema;
using Billing.Sinks.Sqlite.Tests.Stores;
using Billing.Sinks.Sqlite.Writing;

namespace Billing.Sinks.Sqlite.Tests;

/// <summary>A statement that inserts many records has the outcomes and leaves the tables of one record after the other.</summary>
public sealed class ManyRowsTests : IAsyncDisposable
{
    private const string Audit = """
        CREATE TABLE audit (key BLOB);
        CREATE TRIGGER my_audit AFTER INSERT ON records BEGIN INSERT INTO audit VALUES (new.key); END;
        SELECT 1
        """;

    // The same objects come again and again, as in a run: what is bound may then stay bound.
    private static readonly string?[] s_texts = ["Acme", "Beta", "Gamma", null];
    private static readonly string[] s_flags = ["weekend"];
    private static readonly ExchangeRate?[] s_rates =
    [
        null,
        new(Currency.Eur, Currency.Usd, 1.1m, null, "fixed"),
        new(Currency.Eur, Currency.Usd, 1.2m, new DateOnly(2025, 6, 1), "ECB"),
        new(Currency.Parse("CAD"), Currency.Usd, 0.75m, null, "fixed"),
    ];

    private readonly SqliteFileStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public void Any_batches_have_the_outcomes_of_their_records_written_alone()
    {
        for (int seed = 0; seed < 12; seed++)
        {
            Random random = new(seed);
            BillingRecord[] records = [.. Enumerable.Range(0, 400).Select(_ => Any(random))];
            (List<WriteOutcome> alone, string tableAlone) = Write(records, () => 1, mostUnsorted: 60);
            (List<WriteOutcome> many, string table) = Write(records, () => random.Next(1, 90), mostUnsorted: 60);
            Assert.Equal(alone, many);
            Assert.Equal(tableAlone, table);
            Assert.Equal(
                [WriteOutcomeKind.Stored, WriteOutcomeKind.Duplicate, WriteOutcomeKind.Conflict, WriteOutcomeKind.Refused],
                many.Select(outcome => outcome.Kind).Distinct().Order());
        }
    }

    [Fact]
    public void A_source_that_comes_again_has_the_outcomes_of_a_table_of_keys_whatever_changed_in_it()
    {
        for (int seed = 0; seed < 12; seed++)
        {
            Random random = new(seed);
            using SqliteSession session = OpenSession($"again-{seed}");
            using RecordWriter writer = new(session, mostUnsorted: 50);
            Dictionary<RecordKey, BillingRecord> stored = [];
            BillingRecord[] first = [.. Enumerable.Range(0, 300).Select(i => Keyed(random.Next(3) == 0 ? i / 2 : i, i))];
            for (int delivery = 0; delivery < 8; delivery++)
            {
                BillingRecord[] records = delivery == 0 ? first : Changed(first, delivery, random);
                for (int at = 0; at < records.Length;)
                {
                    BillingRecord[] batch = [.. records.Skip(at).Take(random.Next(1, 90))];
                    session.Execute("BEGIN IMMEDIATE");
                    IReadOnlyList<WriteOutcome> outcomes = writer.Write(batch, Cancellation);
                    session.Execute("COMMIT");
                    Assert.Equal(batch.Select(record => Expected(record, stored)), outcomes);
                    at += batch.Length;
                }

                RecordKey gone = stored.Keys.ElementAt(random.Next(stored.Count));
                session.Execute($"DELETE FROM records WHERE key = x'{gone}'");
                _ = stored.Remove(gone);
            }

            Assert.Equal(stored.Count, session.ScalarInt64("SELECT count(*) FROM records"));
        }
    }

    [Fact]
    public void Records_behind_the_one_that_was_found_last_are_recognised_without_a_look_up()
    {
        using SqliteSession session = OpenSession("followed");
        using RecordWriter writer = new(session, mostUnsorted: 1);
        BillingRecord[] records = Records(0, 60);
        writer.Write(records, Cancellation);
        Assert.Equal(WriteOutcomeKind.Duplicate, writer.Write(records[..1], Cancellation)[0].Kind);
        session.Execute("DELETE FROM record_keys");
        for (int from = 1; from < records.Length; from += 7)
        {
            // With a record that was taken out, and rows that are turned about.
            session.Execute($"DELETE FROM records WHERE key = x'{records[from].Key}'");
            Assert.All(writer.Write([.. records[(from + 1)..Math.Min(from + 7, records.Length)].Reverse()], Cancellation), outcome => Assert.Equal(WriteOutcomeKind.Duplicate, outcome.Kind));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    public void A_record_that_is_stored_is_not_made(int mostUnsorted)
    {
        using SqliteSession session = OpenSession("known");
        using RecordWriter writer = new(session, mostUnsorted);
        BillingRecord[] records = Records(0, 40);
        BillingRecord other = Some.Record("other", exactKey: records[7].Key);
        writer.Write(records, Cancellation);
        WriteOutcome[] again = writer.Write(new KnownRecords([.. records[..7], other, .. records[8..]]), Cancellation);
        Assert.Equal([7], Enumerable.Range(0, 40).Where(i => again[i].Kind != WriteOutcomeKind.Duplicate));
        Assert.Equal(WriteOutcomeKind.Conflict, again[7].Kind);
    }

    [Fact]
    public async Task A_trigger_of_someone_else_fires_for_every_record()
    {
        SqliteSink sink = _store.Open();
        await sink.WriteAsync(Records(0, 40), Cancellation);
        _store.Scalar(Audit);
        await sink.WriteAsync(Records(20, 60), Cancellation);
        Assert.Equal("40", _store.Scalar("SELECT count(*) FROM audit"));
        Assert.Equal("40", _store.Scalar("SELECT count(*) FROM audit JOIN records USING (key) WHERE id > 40"));
        _store.Scalar("DROP TRIGGER my_audit; SELECT 1");
        await sink.WriteAsync(Records(80, 20), Cancellation);
        Assert.Equal("40", _store.Scalar("SELECT count(*) FROM audit"));
        Assert.Equal("100", _store.Scalar("SELECT count(*) FROM records"));
    }

    [Fact]
    public async Task A_trigger_that_inserts_records_is_named_and_nothing_is_stored()
    {
        SqliteSink sink = _store.Open();
        await sink.WriteAsync(Records(0, 3), Cancellation);
        _store.Scalar("""
            CREATE TRIGGER mirror AFTER INSERT ON records WHEN new.occurrence = 1 BEGIN
                INSERT INTO records (key, fingerprint, occurrence, origin, line, byte_offset, date, amount, currency, reporting_amount, reporting_currency)
                VALUES (randomblob(32), new.fingerprint, 2, new.origin, new.line, new.byte_offset, new.date, new.amount, new.currency, new.reporting_amount, new.reporting_currency);
            END;
            SELECT 1
            """);
        BillingException refused = await Assert.ThrowsAsync<BillingException>(async () => await sink.WriteAsync(Records(3, 20), Cancellation));
        Assert.Contains("Drop the trigger", refused.Message, StringComparison.Ordinal);
        Assert.Equal("3", _store.Scalar("SELECT count(*) FROM records"));
        _store.Scalar("DROP TRIGGER mirror; SELECT 1");
        Assert.All(await sink.WriteAsync(Records(3, 20), Cancellation), outcome => Assert.Equal(WriteOutcomeKind.Stored, outcome.Kind));
        Assert.All(await sink.WriteAsync(Records(0, 23), Cancellation), outcome => Assert.Equal(WriteOutcomeKind.Duplicate, outcome.Kind));
    }

    [Fact]
    public async Task Our_own_triggers_are_not_those_of_others_and_duplicates_change_nothing_in_the_file()
    {
        SqliteSink sink = _store.Open();
        await sink.WriteAsync(Records(0, 3), Cancellation);
        Assert.NotEqual("0", _store.Scalar("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'records'"));
        Assert.Equal("0", _store.Scalar($"SELECT count(*) FROM ({EditSchema.OtherTriggers})"));
        await sink.WriteAsync(Records(0, 3), Cancellation);
        long bytes = new FileInfo(_store.File + "-wal").Length;
        await sink.WriteAsync(Records(0, 3), Cancellation);
        Assert.Equal(bytes, new FileInfo(_store.File + "-wal").Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("CREATE TRIGGER other AFTER INSERT ON records BEGIN SELECT 1; END;")]
    public void Triggers_fire_again_after_a_batch_also_in_the_connection_that_wrote_it(string trigger)
    {
        using SqliteSession session = OpenSession("own");
        session.Execute(trigger);
        using RecordWriter writer = new(session, KeyIndex.MostUnsorted);
        writer.Write(Records(0, 20), Cancellation);
        long edits = session.ScalarInt64("SELECT edits FROM record_order");
        session.Execute("DELETE FROM records WHERE id = 7");
        Assert.Equal(edits + 1, session.ScalarInt64("SELECT edits FROM record_order"));
        Exception refused = Assert.ThrowsAny<BillingException>(() => session.Execute("INSERT INTO records (key, key_slot, fingerprint, occurrence, origin, line, byte_offset, date, amount, currency, reporting_amount, reporting_currency) SELECT key, key_slot, fingerprint, occurrence, origin, line, byte_offset, date, amount, currency, reporting_amount, reporting_currency FROM records WHERE id = 3"));
        Assert.Contains("UNIQUE constraint failed: records.key", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Triggers_fire_again_after_a_batch_that_was_cancelled()
    {
        using SqliteSession session = OpenSession("cancelled");
        using RecordWriter writer = new(session, KeyIndex.MostUnsorted);
        writer.Write(Records(0, 20), Cancellation);
        session.Execute("BEGIN IMMEDIATE");
        using CancellationTokenSource source = new();
        Assert.Throws<OperationCanceledException>(() => writer.Write(new CancellingRecords(Records(20, 200), source), source.Token));
        session.Undo();
        long edits = session.ScalarInt64("SELECT edits FROM record_order");
        session.Execute("DELETE FROM records WHERE id = 7");
        Assert.Equal(edits + 1, session.ScalarInt64("SELECT edits FROM record_order"));
        Assert.Equal(19, session.ScalarInt64("SELECT count(*) FROM records"));
    }

    // Equal heads with equal and different keys, equal keys with other content, and records that cannot be stored.
    private static BillingRecord Any(Random random)
    {
        byte[] key = new byte[RecordKey.Size];
        BinaryPrimitives.WriteUInt64BigEndian(key, (ulong)random.Next(150));
        key[^1] = (byte)random.Next(3);
        ExchangeRate? rate = s_rates[random.Next(s_rates.Length)];
        return Some.Record(
            $"{random.Next(2)}",
            amount: random.Next(3),
            currency: rate?.Base.Code ?? "USD",
            rate: rate,
            date: new DateOnly(2025, 6, random.Next(1, 4)),
            instant: random.Next(2) == 0 ? null : new DateTimeOffset(2025, 6, 1, random.Next(24), 0, 0, TimeSpan.Zero),
            party: s_texts[random.Next(s_texts.Length)],
            category: s_texts[random.Next(s_texts.Length)],
            attributes: random.Next(2) == 0 ? null : new RecordAttributes(["a"], [$"{random.Next(3)}"]),
            source: s_texts[random.Next(2)]!,
            line: random.Next(1, 5),
            flags: random.Next(2) == 0 ? null : s_flags,
            description: random.Next(30) == 0 ? "\ud800" : random.Next(30) == 0 ? new string('x', 5_000) : s_texts[random.Next(s_texts.Length)],
            exactKey: new RecordKey(key));
    }

    // Rows in another order, rows left out, rows with other content under the same key, and rows that are new, also with the head of another.
    private static BillingRecord[] Changed(BillingRecord[] records, int delivery, Random random)
    {
        List<BillingRecord> changed = [];
        foreach (BillingRecord record in records)
        {
            switch (random.Next(delivery % 2 == 0 ? 12 : 60))
            {
                case 0:
                    break;
                case 1:
                    changed.Add(Keyed(random.Next(400), 1_000 + random.Next(50)));
                    changed.Add(record);
                    break;
                case 2:
                    changed.Add(Some.Record("other", exactKey: record.Key));
                    break;
                case 3:
                    changed.Insert(random.Next(changed.Count + 1), record);
                    break;
                default:
                    changed.Add(record);
                    break;
            }
        }

        if (delivery % 3 == 0)
        {
            changed.Reverse();
        }

        return [.. changed];
    }

    private static BillingRecord Keyed(int head, int tail)
    {
        byte[] key = new byte[RecordKey.Size];
        BinaryPrimitives.WriteUInt64BigEndian(key, (ulong)head * 7_919 % 401);
        BinaryPrimitives.WriteInt32BigEndian(key.AsSpan(20), tail);
        return Some.Record($"{head} {tail}", exactKey: new RecordKey(key));
    }

    private static WriteOutcome Expected(BillingRecord record, Dictionary<RecordKey, BillingRecord> stored)
    {
        if (stored.TryAdd(record.Key, record))
        {
            return WriteOutcome.Stored;
        }

        BillingRecord before = stored[record.Key];
        return before.Fingerprint == record.Fingerprint ? WriteOutcome.Duplicate(before.Source.Name) : WriteOutcome.Conflict(before.Source.Name, before.Fingerprint);
    }

    private static BillingRecord[] Records(int first, int count) => [.. Enumerable.Range(first, count).Select(i => Some.Record($"{i}"))];

    private (List<WriteOutcome> Outcomes, string Table) Write(BillingRecord[] records, Func<int> size, int mostUnsorted)
    {
        using SqliteSession session = OpenSession($"{Guid.NewGuid():N}");
        using RecordWriter writer = new(session, mostUnsorted);
        session.MaxBytes = 4_000;
        List<WriteOutcome> outcomes = [];
        session.Execute("BEGIN IMMEDIATE");
        while (outcomes.Count < records.Length)
        {
            outcomes.AddRange(writer.Write([.. records.Skip(outcomes.Count).Take(size())], Cancellation));
        }

        session.MaxBytes = 100_000_000;
        session.Execute("COMMIT");
        writer.Settle();
        Assert.Equal(0, session.ScalarInt64("""
            SELECT count(*) FROM (
                SELECT substr(key, 1, 8), key_slot, id FROM records WHERE id <= (SELECT through FROM record_order) EXCEPT SELECT * FROM record_keys
                UNION ALL SELECT head, slot, id FROM record_keys EXCEPT SELECT substr(key, 1, 8), key_slot, id FROM records
                UNION ALL SELECT date, head, id FROM record_dates EXCEPT SELECT date, substr(key, 1, 8), id FROM records)
            """));
        return (outcomes, session.Scalar($"SELECT group_concat(id || {string.Join(" || ' ' || ", RecordBinder.Columns.Select(column => $"quote({column})"))}, char(10)) FROM (SELECT * FROM records ORDER BY id)")!);
    }

    private SqliteSession OpenSession(string name)
    {
        SqliteLocation location = SqliteLocation.Parse(_store.ConnectionString.Replace(".db", name + ".db", StringComparison.Ordinal));
        SqliteSession session = SqliteSession.Open(location, create: true, new SqliteSinkOptions());
        SqliteSchema.Migrate(session, location, SqliteSchema.Scripts, Cancellation);
        return session;
    }

    /// <summary>Has keys and fingerprints, and makes no record.</summary>
    private sealed class KnownRecords(BillingRecord[] records) : IRecordBatch
    {
        public int Count => records.Length;

        public BillingRecord this[int index] => throw new InvalidOperationException($"The record {index} was made.");

        public RecordKey KeyAt(int index) => records[index].Key;

        public Fingerprint FingerprintAt(int index) => records[index].Fingerprint;

        public IEnumerator<BillingRecord> GetEnumerator() => throw new InvalidOperationException("The records were made.");

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    /// <summary>Cancels when the record in the middle is read.</summary>
    private sealed class CancellingRecords(BillingRecord[] records, CancellationTokenSource source) : IReadOnlyList<BillingRecord>
    {
        public int Count => records.Length;

        public BillingRecord this[int index]
        {
            get
            {
                if (index == records.Length / 2)
                {
                    source.Cancel();
                }

                return records[index];
            }
        }

        public IEnumerator<BillingRecord> GetEnumerator() => ((IEnumerable<BillingRecord>)records).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
