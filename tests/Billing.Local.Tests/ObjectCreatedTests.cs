using Billing.Aws;
using Billing.Local.Queues;

namespace Billing.Local.Tests;

public sealed class ObjectCreatedTests
{
    [Theory]
    [InlineData("plain.csv", "plain.csv")]
    [InlineData("in coming/a+b.csv", "in+coming/a%2Bb.csv")]
    [InlineData("été%20.csv", "%C3%A9t%C3%A9%2520.csv")]
    public void A_key_is_written_as_buckets_write_it_and_read_back_as_it_was(string key, string encoded)
    {
        StoredObject stored = new("bucket", key, 7, "\"abc\"", "0001", new DateTimeOffset(2025, 6, 1, 12, 0, 0, TimeSpan.Zero));
        Assert.Equal(encoded, ObjectCreated.Encode(key));
        S3EventRecord record = Assert.Single(S3Event.Parse(ObjectCreated.Event(stored)).Records);
        Assert.Equal((key, "bucket", 7L, "abc", "0001"), (record.Key, record.Bucket, record.Size, record.ETag, record.Sequencer));
        Assert.True(record.IsCreated);
        Assert.Equal(stored.Time, record.Time);
    }
}
