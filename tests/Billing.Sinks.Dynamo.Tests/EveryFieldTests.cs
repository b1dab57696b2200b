namespace Billing.Sinks.Dynamo.Tests;

/// <summary>What a store forgets of a record is found by the list of fields, a new one too.</summary>
public sealed class EveryFieldTests
{
    [Fact]
    public async Task Every_field_of_a_record_comes_back_as_it_was()
    {
        BillingRecord record = EveryField.Record();
        await using DynamoStore store = new();
        DynamoSink sink = store.Connect(store.Client);
        await sink.WriteAsync([record, Some.Record()], TestContext.Current.CancellationToken);
        BillingRecord? found = await sink.FindAsync(record.Key, TestContext.Current.CancellationToken);
        Assert.Equal(EveryField.TextsOf(record), EveryField.TextsOf(found!));
        Assert.Equal(record.Attributes.Ignored, found!.Attributes.Ignored);
    }
}
