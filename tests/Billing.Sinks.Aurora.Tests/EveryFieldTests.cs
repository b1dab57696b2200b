namespace Billing.Sinks.Aurora.Tests;

/// <summary>What a store forgets of a record is found by the list of fields, a new one too.</summary>
public sealed class EveryFieldTests
{
    [Fact]
    public async Task Every_field_of_a_record_comes_back_as_it_was()
    {
        BillingRecord record = EveryField.Record();
        await using AuroraInfileStore store = new();
        await using AuroraSink sink = store.Open(options => options.FewestRowsForBulk = 1);
        await sink.WriteAsync([record, Some.Record()], TestContext.Current.CancellationToken);
        BillingRecord? found = await sink.FindAsync(record.Key, TestContext.Current.CancellationToken);
        Assert.Equal(EveryField.TextsOf(record), EveryField.TextsOf(found!));
        Assert.Equal(record.Attributes.Ignored, found!.Attributes.Ignored);
    }
}
