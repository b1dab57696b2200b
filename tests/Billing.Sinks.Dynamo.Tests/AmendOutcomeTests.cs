using Amazon.DynamoDBv2.Model;
using Billing.Sinks.Dynamo.Items;

namespace Billing.Sinks.Dynamo.Tests;

/// <summary>Amendments of Billing's own table when calls fail, and when others write in between.</summary>
public sealed class AmendOutcomeTests : IAsyncDisposable
{
    private const int Seed = 20250618;
    private readonly DynamoStore _store = new();
    private readonly MeddlingClient _client = new(DynamoDbServer.Shared);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return _store.DisposeAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task With_30_percent_of_calls_failing_each_amendment_is_made_once(int seed)
    {
        using FaultyClient faulty = new(DynamoDbServer.Shared, 30, Seed + seed);
        DynamoSink sink = _store.Connect(faulty, options => options.MaxAttempts = 40);
        BillingRecord[] was = [.. Enumerable.Range(0, 80).Select(i => Some.Record($"{i}", line: i))];
        await sink.WriteAsync(was, Cancellation);
        RecordAmendment[] amendments =
        [
            .. was.Select((record, i) => new RecordAmendment(record, i % 2 == 0 ? null : Some.Record($"{i}", line: i, category: "c", date: record.Date.AddMonths(i)), Note($"{i:D3}", i % 20 == 0 ? 100_000 : 10))),
            .. Enumerable.Range(80, 40).Select(i => new RecordAmendment(null, Some.Record($"{i}", line: i), Note($"{i:D3}"))),
        ];

        await sink.AmendAsync(amendments, Cancellation);
        Dictionary<string, string> written = await WriteIdsAsync();
        await sink.AmendAsync(amendments, Cancellation);

        Assert.True(faulty.Faults >= 60, $"Only {faulty.Faults} calls failed; the test shows too little.");
        Assert.Equal(written, await WriteIdsAsync());
        DynamoSink sound = _store.Connect(_store.Client);
        Assert.Equal(
            amendments.Where(amendment => amendment.To is not null).Select(amendment => (amendment.Key, amendment.To!.Date, amendment.To.Category)).ToHashSet(),
            (await sound.QueryAsync(new RecordQuery { PageSize = 1_000 }, Cancellation)).Items.Select(record => (record.Key, record.Date, record.Category)).ToHashSet());
        IReadOnlyList<LedgerDocument> documents = (await sound.GetDocumentsAsync(new DocumentQuery { Kind = "note", PageSize = 1_000 }, Cancellation)).Items;
        Assert.Equal(amendments.Select(amendment => (amendment.Document.Id, Convert.ToHexString(amendment.Document.Body.Span))), documents.Select(document => (document.Id, Convert.ToHexString(document.Body.Span))));
    }

    [Fact]
    public async Task With_30_percent_of_calls_failing_a_document_is_added_once_and_rows_open_again()
    {
        using FaultyClient faulty = new(DynamoDbServer.Shared, 30, Seed);
        DynamoSink sink = _store.Connect(faulty, options => options.MaxAttempts = 40);
        for (int i = 0; i < 60; i++)
        {
            Assert.True(await sink.AddDocumentAsync(Note($"{i}"), Cancellation));
            Assert.False(await sink.AddDocumentAsync(Note($"{i}", 70_000), Cancellation));
            Assert.Equal(10, (await sink.FindDocumentAsync("note", $"{i}", Cancellation))!.Body.Length);
        }

        QuarantinedRecord[] rows = [.. Enumerable.Range(0, 40).Select(i => Some.Quarantined($"{i}", line: i))];
        await sink.WriteQuarantineAsync(rows, Cancellation);
        await sink.ResolveQuarantineAsync([.. rows.Take(20).Select(row => row.Key)], "run-2", Cancellation);
        await sink.ResolveQuarantineAsync([.. rows.Skip(20).Take(10).Select(row => row.Key)], "run-3", Cancellation);
        await sink.ReopenQuarantineAsync([.. rows.Skip(10).Select(row => row.Key)], "run-2", Cancellation);
        Assert.Equal(
            rows.Skip(10).Take(10).Concat(rows.Skip(30)).Select(row => row.Key),
            (await sink.GetQuarantineAsync(new QuarantineQuery { PageSize = 1_000 }, Cancellation)).Items.Select(row => row.Key));
        Dictionary<string, AttributeValue> opened = (await _store.Client.GetItemAsync(_store.TableName, new() { ["key"] = new() { S = $"quarantine#{rows[10].Key}" } }, Cancellation)).Item;
        Assert.DoesNotContain("resolved_at", opened.Keys);
    }

    [Fact]
    public async Task Of_two_amendments_of_one_record_the_later_is_lost_and_nothing_of_it_is_stored()
    {
        DynamoSink other = _store.Connect(_store.Client);
        BillingRecord record = Some.Record("1");
        BillingRecord winner = Some.Record("1", category: "winner", date: record.Date.AddMonths(1));
        foreach (BillingRecord? to in (BillingRecord?[])[null, Some.Record("1", category: "loser")])
        {
            await other.WriteAsync([record], Cancellation);
            _client.Meddle = async () => await other.AmendAsync([new RecordAmendment(record, winner, Note($"winner {to is null}".Replace(' ', '-')))], Cancellation);
            await IsLostAsync(new RecordAmendment(record, to, Note("loser")));
            Same.Record(winner, await other.FindAsync(record.Key, Cancellation));
            Assert.Null(await other.FindDocumentAsync("note", "loser", Cancellation));
            await other.AmendAsync([new RecordAmendment(winner, null, Note($"out-{to is null}"))], Cancellation);
        }
    }

    [Fact]
    public async Task A_record_that_another_writes_before_it_is_put_back_stays()
    {
        DynamoSink other = _store.Connect(_store.Client);
        BillingRecord first = Some.Record("1", runId: "run-7");
        await other.WriteAsync([Some.Record("2")], Cancellation);
        _client.Meddle = async () => await other.WriteAsync([first], Cancellation);
        await IsLostAsync(new RecordAmendment(null, Some.Record("1"), Note("loser")));
        Same.Record(first, await other.FindAsync(first.Key, Cancellation));
        Assert.Null(await other.FindDocumentAsync("note", "loser", Cancellation));
    }

    [Fact]
    public async Task A_document_that_another_stores_in_between_stands_for_the_amendment()
    {
        DynamoSink other = _store.Connect(_store.Client);
        BillingRecord record = Some.Record("1");
        await other.WriteAsync([record], Cancellation);
        _client.Meddle = async () => await other.AddDocumentAsync(Note("same", 20), Cancellation);
        await _store.Connect(_client).AmendAsync([new RecordAmendment(record, null, Note("same"))], Cancellation);
        Assert.Equal(1, _client.Transactions);
        Same.Record(record, await other.FindAsync(record.Key, Cancellation));
        Assert.Equal(20, (await other.FindDocumentAsync("note", "same", Cancellation))!.Body.Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_amendment_that_another_makes_in_between_is_made_once(bool isEarly)
    {
        DynamoSink other = _store.Connect(_store.Client);
        BillingRecord record = Some.Record("1");
        await other.WriteAsync([record], Cancellation);
        RecordAmendment amendment = new(record, Some.Record("1", category: "c"), Note("same"));
        Dictionary<string, string> written = [];
        async Task AnotherAsync()
        {
            await other.AmendAsync([amendment], Cancellation);
            written = await WriteIdsAsync();
        }

        _client.Meddle = isEarly ? null : AnotherAsync;
        _client.MeddleEarly = isEarly ? AnotherAsync : null;
        await _store.Connect(_client).AmendAsync([amendment], Cancellation);
        Assert.Equal(isEarly ? 0 : 1, _client.Transactions);
        Assert.Equal(2, written.Count);
        Assert.Equal(written, await WriteIdsAsync());
    }

    [Theory]
    [InlineData("category", "c", "another")]
    [InlineData("category", "c", null)]
    [InlineData("category", null, "another")]
    [InlineData("reporting_amount", null, "7")]
    [InlineData("reporting_amount_scale", null, "5")]
    public async Task A_change_by_hand_of_one_field_between_read_and_write_is_caught(string attribute, string? category, string? value)
    {
        DynamoSink other = _store.Connect(_store.Client);
        BillingRecord record = Some.Record("1", category: category, amount: 12m);
        await other.WriteAsync([record], Cancellation);
        UpdateItemRequest byHand = new()
        {
            TableName = _store.TableName,
            Key = new() { ["key"] = new() { S = record.Key.ToString() } },
            UpdateExpression = value is null ? "REMOVE #a" : "SET #a = :a",
            ExpressionAttributeNames = new() { ["#a"] = attribute },
            ExpressionAttributeValues = value is null ? null : new() { [":a"] = attribute == "category" ? new() { S = value } : new() { N = value } },
        };
        foreach (BillingRecord? to in (BillingRecord?[])[null, Some.Record("1", content: "other", amount: 12m)])
        {
            _client.Meddle = () => _client.UpdateItemAsync(byHand, Cancellation);
            await IsLostAsync(new RecordAmendment(record, to, Note("loser")));
            BillingRecord stored = (await other.FindAsync(record.Key, Cancellation))!;
            Assert.Equal(record.Fingerprint, stored.Fingerprint);
            Assert.Null(await other.FindDocumentAsync("note", "loser", Cancellation));
            await other.AmendAsync([new RecordAmendment(stored, record, Note($"back-{to is null}"))], Cancellation);
            Same.Record(record, await other.FindAsync(record.Key, Cancellation));
        }
    }

    [Fact]
    public async Task A_record_that_becomes_another_in_every_field_is_found_as_what_it_is()
    {
        DynamoSink sink = _store.Connect(_store.Client);
        BillingRecord every = EveryField.Record("1");
        BillingRecord bare = Some.Record("1", party: null, description: null, date: new DateOnly(2024, 12, 31), amount: 5m);
        await sink.WriteAsync([every], Cancellation);
        foreach ((BillingRecord from, BillingRecord to) in new[] { (every, bare), (bare, every), (every, bare) })
        {
            await sink.AmendAsync([new RecordAmendment(from, to, Note(Guid.NewGuid().ToString("N")))], Cancellation);
            DynamoSink other = _store.Connect(_store.Client);
            Same.Record(to, await other.FindAsync(to.Key, Cancellation));
            Same.Record(to, Assert.Single((await other.QueryAsync(new RecordQuery(), Cancellation)).Items));
            Same.Record(to, Assert.Single((await other.QueryAsync(new RecordQuery { From = to.Date, To = to.Date }, Cancellation)).Items));
            Assert.Equal(to == every ? 1 : 0, (await other.QueryAsync(new RecordQuery { Party = every.Party }, Cancellation)).Items.Count);
        }
    }

    [Fact]
    public async Task Alerts_of_a_record_that_leaves_and_comes_back_are_neither_doubled_nor_sent_again()
    {
        DynamoSink sink = _store.Connect(_store.Client);
        BillingRecord record = Some.Record("1", alerts: ["r", "s"]);
        await sink.WriteAsync([record], Cancellation);
        DateTimeOffset now = DateTimeOffset.UtcNow.AddMinutes(1);
        BillingAlert sent = Assert.Single(await sink.ClaimAlertsAsync(1, now, TimeSpan.FromMinutes(5), Cancellation));
        await sink.ConfirmAlertAsync(sent, now, Cancellation);
        IReadOnlyList<BillingAlert> before = await sink.GetAlertsAsync(record.Key, Cancellation);

        await sink.AmendAsync([new RecordAmendment(record, null, Note("out"))], Cancellation);
        Assert.Equal(before, await sink.GetAlertsAsync(record.Key, Cancellation));
        await sink.AmendAsync([new RecordAmendment(null, record, Note("in"))], Cancellation);
        Assert.Equal(before, await sink.GetAlertsAsync(record.Key, Cancellation));
        Assert.Equal(before.Single(alert => alert.SentAt is null).Id, Assert.Single(await sink.ClaimAlertsAsync(10, now.AddHours(1), TimeSpan.FromMinutes(5), Cancellation)).Id);
    }

    [Fact]
    public async Task What_no_item_can_hold_changes_nothing()
    {
        DynamoSink sink = _store.Connect(_store.Client);
        BillingRecord record = Some.Record("1", source: "may.csv", line: 7);
        await sink.WriteAsync([record], Cancellation);
        foreach ((string description, string why) in new[] { (new string('x', ItemBuilder.MaxItemSize), "at most 409600"), ("\uD800", "surrogate") })
        {
            BillingException error = await Assert.ThrowsAsync<BillingException>(
                async () => await sink.AmendAsync([new RecordAmendment(record, Some.Record("1", description: description, source: "may.csv", line: 7), Note("large"))], Cancellation));
            Assert.Contains("may.csv, line 7", error.Message, StringComparison.Ordinal);
            Assert.Contains(why, error.Message, StringComparison.Ordinal);
        }

        Same.Record(record, await sink.FindAsync(record.Key, Cancellation));
        Assert.Null(await sink.FindDocumentAsync("note", "large", Cancellation));
    }

    private static LedgerDocument Note(string id, int size = 10) => new("note", id, Enumerable.Range(0, size).Select(i => (byte)((i * 7) + id.Length)).ToArray());

    private async Task IsLostAsync(RecordAmendment amendment)
    {
        int before = _client.Transactions;
        BillingException error = await Assert.ThrowsAsync<BillingException>(async () => await _store.Connect(_client).AmendAsync([amendment], Cancellation));
        Assert.Equal(amendment.Lost("dynamodb:" + _store.TableName).Message, error.Message);
        Assert.Equal(before + 1, _client.Transactions);
    }

    // The mark of the write of each record and document that is stored.
    private async Task<Dictionary<string, string>> WriteIdsAsync()
    {
        List<Dictionary<string, AttributeValue>> items = [];
        ScanRequest request = new(_store.TableName) { ConsistentRead = true };
        do
        {
            ScanResponse response = await _store.Client.ScanAsync(request, Cancellation);
            items.AddRange(response.Items);
            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });

        return items.Where(item => item.ContainsKey("write_id")).ToDictionary(item => item["key"].S, item => item["write_id"].S);
    }
}
