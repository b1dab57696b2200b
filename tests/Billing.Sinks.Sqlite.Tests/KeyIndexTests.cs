using System.Buffers.Binary;
using System.Collections;
using Billing.Sinks.Sqlite.Tests.Stores;
using Billing.Sinks.Sqlite.Writing;

namespace Billing.Sinks.Sqlite.Tests;

/// <summary>A key is found wherever it stands: in memory, in the tables, or on its way from one to the other.</summary>
public sealed class KeyIndexTests : IAsyncDisposable
{
    private readonly SqliteFileStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Records_beyond_the_most_that_stand_in_memory_are_sorted_into_the_tables()
    {
        SqliteSink sink = _store.Open(new SqliteSinkOptions { MostUnsorted = 4 });
        await sink.WriteAsync(Records(0, 3), Cancellation);
        Assert.Equal("0", _store.Scalar("SELECT through FROM record_order"));
        await sink.WriteAsync(Records(3, 3), Cancellation);
        Assert.Equal("6", _store.Scalar("SELECT through FROM record_order"));
        await sink.WriteAsync(Records(6, 2), Cancellation);
        Assert.Equal("6", _store.Scalar("SELECT count(*) FROM record_keys"));
        Assert.Equal("6", _store.Scalar("SELECT count(*) FROM record_dates"));
        Assert.All(await sink.WriteAsync(Records(0, 8), Cancellation), outcome => Assert.Equal(WriteOutcomeKind.Duplicate, outcome.Kind));
        Assert.Equal("8", _store.Scalar("SELECT count(*) FROM records"));
    }

    [Theory]
    [InlineData(RunStatus.Running, KeyIndex.FewUnsorted + 1, 0)]
    [InlineData(RunStatus.Completed, KeyIndex.FewUnsorted, 0)]
    [InlineData(RunStatus.Completed, KeyIndex.FewUnsorted + 1, KeyIndex.FewUnsorted + 1)]
    [InlineData(RunStatus.Failed, KeyIndex.FewUnsorted + 1, KeyIndex.FewUnsorted + 1)]
    public async Task The_end_of_a_run_sorts_its_records_unless_they_are_few(RunStatus status, int records, int sorted)
    {
        SqliteSink sink = _store.Open();
        await sink.WriteAsync(Records(0, records), Cancellation);
        await sink.WriteRunAsync(Some.Report("run-1") with { Status = status }, Cancellation);
        Assert.Equal($"{sorted}", _store.Scalar("SELECT through FROM record_order"));
        Assert.Equal($"{sorted}", _store.Scalar("SELECT count(*) FROM record_keys"));
        Assert.Equal($"{sorted}", _store.Scalar("SELECT count(*) FROM record_dates"));
    }

    [Fact]
    public async Task A_record_is_found_while_another_sink_sorts_it()
    {
        SqliteSink writer = _store.Open(new SqliteSinkOptions { MostUnsorted = 4 });
        BillingRecord[] records = Records(0, 5);
        await writer.WriteAsync(records[..3], Cancellation);
        SortingKeys keys = new([records[0].Key, records[1].Key], () => Assert.True(writer.WriteAsync(records[3..], Cancellation).AsTask().IsCompletedSuccessfully));

        IReadOnlyList<BillingRecord?> found = await _store.Open().FindAllAsync(keys, Cancellation);

        Assert.Equal("5", _store.Scalar("SELECT through FROM record_order"));
        Assert.Equal([records[0].Key, records[1].Key], found.Select(record => record?.Key));
    }

    [Fact]
    public async Task Sinks_that_write_in_turn_see_what_the_other_wrote_and_sorted()
    {
        SqliteSink one = _store.Open(new SqliteSinkOptions { MostUnsorted = 7 });
        SqliteSink other = _store.Open(new SqliteSinkOptions { MostUnsorted = 11 });
        for (int i = 0; i < 40; i++)
        {
            SqliteSink sink = i % 2 == 0 ? one : other;
            IReadOnlyList<WriteOutcome> outcomes = await sink.WriteAsync(Records(i, 3), Cancellation);
            WriteOutcomeKind[] expected = i == 0
                ? [WriteOutcomeKind.Stored, WriteOutcomeKind.Stored, WriteOutcomeKind.Stored]
                : [WriteOutcomeKind.Duplicate, WriteOutcomeKind.Duplicate, WriteOutcomeKind.Stored];
            Assert.Equal(expected, outcomes.Select(outcome => outcome.Kind));
        }

        Assert.Equal("42", _store.Scalar("SELECT count(*) FROM records"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task Keys_with_equal_heads_are_kept_apart(int mostUnsorted)
    {
        SqliteSink sink = _store.Open(new SqliteSinkOptions { MostUnsorted = mostUnsorted });
        BillingRecord[] twins = [.. Enumerable.Range(0, 5).Select(i => Some.Record($"{i}", exactKey: Twin(i)))];
        foreach (BillingRecord twin in twins)
        {
            Assert.Equal(WriteOutcomeKind.Stored, (await sink.WriteAsync([twin], Cancellation))[0].Kind);
        }

        Assert.All(await sink.WriteAsync(twins, Cancellation), outcome => Assert.Equal(WriteOutcomeKind.Duplicate, outcome.Kind));
        Assert.Equal("5", _store.Scalar("SELECT count(DISTINCT key_slot) FROM records"));
        foreach (BillingRecord twin in twins)
        {
            Same.Record(twin, await sink.FindAsync(twin.Key, Cancellation));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task A_record_deleted_by_hand_can_be_stored_again_also_where_its_number_is_used_anew(int mostUnsorted)
    {
        SqliteSink sink = _store.Open(new SqliteSinkOptions { MostUnsorted = mostUnsorted });
        await sink.WriteAsync(Records(0, 4), Cancellation);
        _store.Scalar("DELETE FROM records WHERE id = 4 OR id = 2; SELECT 1");
        await using (SqliteSink other = _store.Open())
        {
            await other.WriteAsync(Records(10, 1), Cancellation);
        }

        Assert.Equal(
            [WriteOutcomeKind.Duplicate, WriteOutcomeKind.Stored, WriteOutcomeKind.Duplicate, WriteOutcomeKind.Stored],
            (await sink.WriteAsync(Records(0, 4), Cancellation)).Select(outcome => outcome.Kind));
        Assert.Equal(WriteOutcomeKind.Duplicate, (await sink.WriteAsync(Records(10, 1), Cancellation))[0].Kind);
        Assert.Equal(5, (await sink.QueryAsync(new RecordQuery(), Cancellation)).Items.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task A_date_corrected_by_hand_is_found_under_the_new_date(int mostUnsorted)
    {
        SqliteSink sink = _store.Open(new SqliteSinkOptions { MostUnsorted = mostUnsorted });
        await sink.WriteAsync(Records(0, 3), Cancellation);
        _store.Scalar("UPDATE records SET date = '1999-12-31' WHERE id = 2; SELECT 1");
        Page<BillingRecord> page = await sink.QueryAsync(new RecordQuery { To = new DateOnly(1999, 12, 31) }, Cancellation);
        Assert.Equal(Records(1, 1)[0].Key, Assert.Single(page.Items).Key);
        Assert.Equal(3, (await sink.QueryAsync(new RecordQuery(), Cancellation)).Items.Count);
        Assert.All(await sink.WriteAsync(Records(0, 3), Cancellation), outcome => Assert.Equal(WriteOutcomeKind.Duplicate, outcome.Kind));
    }

    [Fact]
    public void The_tail_finds_what_was_added_and_little_else()
    {
        KeyTail tail = new();
        int place = -1;
        Assert.Equal(0, tail.Next(1, ref place));
        tail.Clear(100);
        Random random = new(5);
        ulong[] heads = [.. Enumerable.Range(0, 5000).Select(i => i % 10 == 0 ? (ulong)i : (ulong)random.NextInt64())];
        for (int i = 0; i < heads.Length; i++)
        {
            tail.Add(heads[i], i % 100 == 0 ? i : 0, i / 7, 101 + i);
        }

        Assert.Equal(5000, tail.Count);
        int candidates = 0;
        for (int i = 0; i < heads.Length; i++)
        {
            List<long> found = [];
            place = -1;
            for (long id = tail.Next(heads[i], ref place); id != 0; id = tail.Next(heads[i], ref place))
            {
                found.Add(id);
            }

            Assert.Contains(101 + i, found);
            candidates += found.Count;
        }

        Assert.Equal(5000, candidates);
        place = -1;
        Assert.Equal(0, tail.Next(0xDEADBEEF_00C0FFEE, ref place));

        tail.Sort();
        Assert.Equal(
            heads.Select((head, i) => (head, i % 100 == 0 ? i : 0, (uint)i / 7, 101L + i)).Order(),
            Enumerable.Range(0, 5000).Select(at => (tail.HeadOf(at), tail.SlotOf(at), tail.DayOf(at), tail.IdOf(at))));
    }

    private static BillingRecord[] Records(int first, int count) => [.. Enumerable.Range(first, count).Select(i => Some.Record($"{i}"))];

    private static RecordKey Twin(int i)
    {
        byte[] bytes = new byte[RecordKey.Size];
        bytes.AsSpan(0, 8).Fill(7);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(28), i);
        return new RecordKey(bytes);
    }

    /// <summary>Does something between the first key and the second.</summary>
    private sealed class SortingKeys(RecordKey[] keys, Action sort) : IReadOnlyList<RecordKey>
    {
        private bool _isSorted;

        public int Count => keys.Length;

        public RecordKey this[int index]
        {
            get
            {
                if (index == 1 && !_isSorted)
                {
                    _isSorted = true;
                    sort();
                }

                return keys[index];
            }
        }

        public IEnumerator<RecordKey> GetEnumerator() => ((IEnumerable<RecordKey>)keys).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
