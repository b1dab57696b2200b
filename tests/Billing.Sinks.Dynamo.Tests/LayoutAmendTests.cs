using Amazon.DynamoDBv2.Model;

namespace Billing.Sinks.Dynamo.Tests;

/// <summary>Amendments of records in tables that other programs use too.</summary>
public sealed class LayoutAmendTests : IDisposable
{
    private readonly MeddlingClient _client = new(DynamoDbServer.Shared);
    private readonly string _table = $"amend-{Guid.NewGuid():N}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static BillingRecord Before => Some.Record("1", sourceId: "e-1", account: "a", category: "c", description: "was");

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("e-1")]
    [InlineData("e-2")]
    public async Task Attributes_of_other_programs_stay_in_the_item(string id)
    {
        DynamoSink sink = Sink();
        BillingRecord after = Some.Record("1", sourceId: id, account: "a", description: "is");
        await sink.WriteAsync([Before], Cancellation);
        await SetAsync("e-1", "paid", new() { BOOL = true });
        await SetAsync("e-1", "user", new() { S = "changed by its user" });

        await sink.AmendAsync([new RecordAmendment(Before, after, Note("d"))], Cancellation);

        Dictionary<string, AttributeValue> item = await ItemAsync(id);
        Assert.Equal(["billing", "expenseId", "note", "paid", "user"], item.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((true, "changed by its user", "is"), (item["paid"].BOOL, item["user"].S, item["note"].S));
        Same.Record(after, await sink.FindAsync(after.Key, Cancellation));
        Assert.Single((await _client.ScanAsync(new ScanRequest(_table), Cancellation)).Items);
    }

    [Fact]
    public async Task What_another_program_adds_between_read_and_write_stays()
    {
        DynamoSink sink = Sink();
        await sink.WriteAsync([Before], Cancellation);
        _client.Meddle = () => SetAsync("e-1", "paid", new() { BOOL = true });
        await sink.AmendAsync([new RecordAmendment(Before, Some.Record("1", sourceId: "e-1", account: "a"), Note("d"))], Cancellation);
        Assert.True((await ItemAsync("e-1"))["paid"].BOOL);
    }

    [Theory]
    [InlineData("e-1")]
    [InlineData("e-2")]
    [InlineData(null)]
    public async Task A_change_of_only_the_category_between_read_and_write_is_caught(string? id)
    {
        DynamoSink sink = Sink();
        await sink.WriteAsync([Before], Cancellation);
        UpdateItemRequest byHand = new()
        {
            TableName = _table,
            Key = new() { ["expenseId"] = new() { S = "e-1" } },
            UpdateExpression = "SET billing.category = :c",
            ExpressionAttributeValues = new() { [":c"] = new() { S = "another" } },
        };
        _client.Meddle = () => _client.UpdateItemAsync(byHand, Cancellation);
        RecordAmendment amendment = new(Before, id is null ? null : Some.Record("1", sourceId: id), Note("loser"));

        BillingException error = await Assert.ThrowsAsync<BillingException>(async () => await sink.AmendAsync([amendment], Cancellation));

        Assert.Equal(amendment.Lost(sink.Name).Message, error.Message);
        Assert.Equal("another", (await sink.FindAsync(Before.Key, Cancellation))?.Category);
        Assert.Null(await sink.FindDocumentAsync("note", "loser", Cancellation));
        Assert.Single((await _client.ScanAsync(new ScanRequest(_table), Cancellation)).Items);
    }

    [Fact]
    public async Task An_item_that_is_in_the_way_is_not_overwritten()
    {
        DynamoSink sink = Sink();
        await sink.WriteAsync([Before], Cancellation);
        await SetAsync("e-2", "paid", new() { BOOL = true });
        BillingRecord there = Some.Record("1", sourceId: "e-2");
        foreach (BillingRecord? from in (BillingRecord?[])[Before, null])
        {
            BillingException error = await Assert.ThrowsAsync<BillingException>(async () => await sink.AmendAsync([new RecordAmendment(from, there, Note("d"))], Cancellation));
            Assert.Contains("another item with its key", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(["expenseId", "paid"], (await ItemAsync("e-2")).Keys.Order(StringComparer.Ordinal));
        Same.Record(Before, await sink.FindAsync(Before.Key, Cancellation));
        Assert.Null(await sink.FindDocumentAsync("note", "d", Cancellation));
    }

    [Fact]
    public async Task The_pages_that_follow_list_neither_what_has_left_nor_what_was()
    {
        DynamoSink sink = Sink();
        BillingRecord[] records = [.. Enumerable.Range(0, 12).Select(i => Some.Record($"{i}", sourceId: $"e-{i:D2}", date: new DateOnly(2025, 6, 1).AddDays(i), category: "c"))];
        await sink.WriteAsync(records, Cancellation);
        RecordQuery query = new() { PageSize = 4, Category = "c" };
        Page<BillingRecord> page = await sink.QueryAsync(query, Cancellation);
        BillingRecord later = Some.Record("6", sourceId: "e-06", date: new DateOnly(2025, 7, 1), category: "c");
        BillingRecord back = Some.Record("20", sourceId: "e-20", date: new DateOnly(2025, 6, 9), category: "c");
        await sink.AmendAsync(
            [
                new RecordAmendment(records[5], null, Note("5")),
                new RecordAmendment(records[6], later, Note("6")),
                new RecordAmendment(records[7], Some.Record("7", sourceId: "e-07", date: records[7].Date, category: "other"), Note("7")),
                new RecordAmendment(records[8], Some.Record("8", sourceId: "e-08", date: records[8].Date, category: "c", description: "is"), Note("8")),
                new RecordAmendment(null, back, Note("20")),
            ],
            Cancellation);

        List<BillingRecord> rest = [];
        while (page.ContinuationToken is not null)
        {
            page = await sink.QueryAsync(query with { ContinuationToken = page.ContinuationToken }, Cancellation);
            rest.AddRange(page.Items);
        }

        BillingRecord[] expected = [records[4], Some.Record("8", sourceId: "e-08", date: records[8].Date, category: "c", description: "is"), back, records[9], records[10], records[11], later];
        Assert.Equal(expected.OrderBy(Storage.RecordPosition.Of).Select(record => (record.Key, record.Date, record.Description)), rest.Select(record => (record.Key, record.Date, record.Description)));
        Assert.Null(await sink.FindAsync(records[5].Key, Cancellation));
        Assert.Equal("other", (await sink.FindAsync(records[7].Key, Cancellation))?.Category);
    }

    private static LedgerDocument Note(string id) => new("note", id, "body"u8.ToArray());

    private async Task SetAsync(string id, string name, AttributeValue value) => await _client.UpdateItemAsync(
        new UpdateItemRequest
        {
            TableName = _table,
            Key = new() { ["expenseId"] = new() { S = id } },
            UpdateExpression = "SET #a = :a",
            ExpressionAttributeNames = new() { ["#a"] = name },
            ExpressionAttributeValues = new() { [":a"] = value },
        },
        Cancellation);

    private async Task<Dictionary<string, AttributeValue>> ItemAsync(string id) => (await _client.GetItemAsync(_table, new() { ["expenseId"] = new() { S = id } }, Cancellation)).Item;

    private DynamoSink Sink() => new(_client, new DynamoSinkOptions
    {
        TableName = _table,
        CreateTables = true,
        MaxRetryDelay = TimeSpan.FromMilliseconds(50),
        Layout = new DynamoItemLayout
        {
            HashKey = DynamoField.Text("expenseId", record => record.SourceId),
            Attributes = [DynamoField.Text("user", record => record.Account), DynamoField.Text("note", record => record.Description), DynamoField.Text("category", record => record.Category)],
        },
    });
}
