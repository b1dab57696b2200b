using Billing.Runs;

namespace Billing.Core.Tests.Runs;

/// <summary>What a dry run remembers is the same in memory and in files.</summary>
public sealed class HeldRecordsTests
{
    [Theory]
    [InlineData(1, 52)]
    [InlineData(7, 300)]
    [InlineData(64, 1_000)]
    [InlineData(10_000, 1 << 20)]
    public void A_key_has_the_record_that_it_had_first_however_little_memory_there_is(int tableLimit, int bufferLimit)
    {
        HeldRecords held = new(tableLimit, bufferLimit, Path.GetTempPath());
        Dictionary<RecordKey, HeldRecord> expected = [];
        Random random = new(tableLimit);
        for (int i = 0; i < 3_000; i++)
        {
            RecordKey key = Some.Key($"{random.Next(1_500)}");
            HeldRecord record = new(Some.Record($"{i}").Fingerprint, new RecordSource($"source {random.Next(3)}", i, (long)i << 32), $"run {random.Next(2)}");
            HeldRecord? had = expected.TryGetValue(key, out HeldRecord first) ? first : null;
            expected.TryAdd(key, record);
            Assert.Equal(had, held.Find(key));
            Assert.Equal(had, held.TryAdd(key, record));
            Assert.Equal(expected[key], held.Find(key));
        }

        Assert.All(expected, pair => Assert.Equal(pair.Value, held.Find(pair.Key)));
        Assert.Null(held.Find(Some.Key("never")));
    }

    [Fact]
    public void A_folder_that_takes_no_file_is_an_error_and_not_a_record_that_is_lost()
    {
        HeldRecords held = new(1_000, 52, Path.Combine(Path.GetTempPath(), $"not there {Guid.NewGuid():N}"));
        Assert.Null(held.TryAdd(Some.Key("1"), HeldRecord.Of(Some.Record("1"))));
        Assert.ThrowsAny<IOException>(() => held.TryAdd(Some.Key("2"), HeldRecord.Of(Some.Record("2"))));
        Assert.Null(held.Find(Some.Key("2")));
        Assert.Equal(HeldRecord.Of(Some.Record("1")), held.Find(Some.Key("1")));
    }
}
