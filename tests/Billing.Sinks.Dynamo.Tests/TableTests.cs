using System.Net;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Billing.Sinks.Dynamo.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Sinks.Dynamo.Tests;

/// <summary>Tables that are there, or not, and settings.</summary>
public sealed class TableTests : IDisposable
{
    private readonly AmazonDynamoDBClient _client = DynamoDbServer.Shared.NewClient();
    private readonly string _table = $"billing-{Guid.NewGuid():N}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task A_table_that_is_not_there_is_not_created_unasked_and_the_error_shows_how()
    {
        DynamoSink sink = new(_client, new DynamoSinkOptions { TableName = _table });
        StoreMissingException thrown = await Assert.ThrowsAsync<StoreMissingException>(async () => await sink.WriteAsync([Some.Record()], Cancellation));
        Assert.Contains(
            $"aws dynamodb create-table --table-name {_table} --billing-mode PAY_PER_REQUEST --attribute-definitions AttributeName=key,AttributeType=S AttributeName=month,AttributeType=S AttributeName=party,AttributeType=S AttributeName=position,AttributeType=S --key-schema AttributeName=key,KeyType=HASH --global-secondary-indexes 'IndexName=by-month,",
            thrown.Message,
            StringComparison.Ordinal);
        Assert.DoesNotContain(_table, (await _client.ListTablesAsync(Cancellation)).TableNames ?? []);
    }

    [Fact]
    public async Task A_table_that_was_created_is_used_by_sinks_that_create_none()
    {
        await new DynamoSink(_client, new DynamoSinkOptions { TableName = _table, CreateTables = true }).WriteAsync([Some.Record()], Cancellation);
        Assert.NotNull(await new DynamoSink(_client, new DynamoSinkOptions { TableName = _table }).FindAsync(Some.Key("1"), Cancellation));
    }

    [Fact]
    public async Task A_table_of_another_shape_is_named_with_what_it_lacks()
    {
        await _client.CreateTableAsync(
            new CreateTableRequest { TableName = _table, KeySchema = [new("key", KeyType.HASH)], AttributeDefinitions = [new("key", ScalarAttributeType.S)], BillingMode = BillingMode.PAY_PER_REQUEST },
            Cancellation);
        BillingException index = await Assert.ThrowsAsync<BillingException>(async () =>
            await new DynamoSink(_client, new DynamoSinkOptions { TableName = _table, CreateTables = true }).WriteAsync([Some.Record()], Cancellation));
        Assert.Contains("the index by-month", index.Message, StringComparison.Ordinal);
        DynamoItemLayout layout = new() { HashKey = DynamoField.Number("key", record => record.Source.Line) };
        BillingException key = await Assert.ThrowsAsync<BillingException>(async () =>
            await new DynamoSink(_client, new DynamoSinkOptions { TableName = _table, Layout = layout, CreateTables = true }).WriteAsync([Some.Record()], Cancellation));
        Assert.Contains("the key key N HASH (its key is key S HASH)", key.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_sinks_create_one_table()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(
            async () => await new DynamoSink(_client, new DynamoSinkOptions { TableName = _table, CreateTables = true }).WriteAsync([Some.Record($"{i}")], Cancellation), Cancellation)));
        Assert.Equal(6, (await new DynamoSink(_client, new DynamoSinkOptions { TableName = _table }).QueryAsync(new RecordQuery(), Cancellation)).Items.Count);
    }

    [Fact]
    public async Task Queries_of_Billings_own_table_never_read_the_whole_of_it()
    {
        using CountingClient counting = new(DynamoDbServer.Shared);
        DynamoSink sink = new(counting, new DynamoSinkOptions { TableName = _table, CreateTables = true });
        await sink.WriteAsync([.. Enumerable.Range(0, 400).Select(i => Some.Record($"{i}", date: new DateOnly(2025, 1 + (i % 4), 1), party: $"Party {i % 20}"))], Cancellation);

        counting.ItemsRead = 0;
        await sink.QueryAsync(new RecordQuery { PageSize = 10 }, Cancellation);
        Assert.InRange(counting.ItemsRead, 11, 20);

        counting.ItemsRead = 0;
        Assert.Equal(100, (await sink.QueryAsync(new RecordQuery { From = new DateOnly(2025, 2, 1), To = new DateOnly(2025, 2, 28), PageSize = 1_000 }, Cancellation)).Items.Count);
        Assert.InRange(counting.ItemsRead, 100, 110);

        counting.ItemsRead = 0;
        Assert.Equal(20, (await sink.QueryAsync(new RecordQuery { Party = "Party 3", PageSize = 1_000 }, Cancellation)).Items.Count);
        Assert.InRange(counting.ItemsRead, 20, 21);

        await sink.SummarizeAsync(SummaryBy.Category, new RecordQuery(), Cancellation);
        await sink.AmendAsync([new RecordAmendment(null, Some.Record("another"), new LedgerDocument("note", "1", default))], Cancellation);
        await sink.GetDocumentsAsync(new DocumentQuery { Kind = "note", IdPrefix = "1" }, Cancellation);
        Assert.Equal(0, counting.Scans);
    }

    [Fact]
    public async Task What_decides_is_read_consistently()
    {
        using CountingClient counting = new(DynamoDbServer.Shared);
        DynamoSink sink = new(counting, new DynamoSinkOptions { TableName = _table, CreateTables = true });
        BillingRecord[] records = [.. Enumerable.Range(0, 900).Select(i => Some.Record($"{i}"))];
        await sink.WriteAsync(records, Cancellation);
        await sink.WriteAsync(records, Cancellation);
        await sink.WriteAsync([records[0]], Cancellation);
        await sink.FindAsync(records[0].Key, Cancellation);
        LedgerDocument document = new("note", "1", "body"u8.ToArray());
        await sink.AmendAsync([new RecordAmendment(records[0], null, document)], Cancellation);
        Assert.False(await sink.AddDocumentAsync(document, Cancellation));
        Assert.NotNull(await sink.FindDocumentAsync("note", "1", Cancellation));
        Assert.True(counting.ConsistentReads > 0);
        Assert.Equal(0, counting.InconsistentReads);
    }

    [Fact]
    public void Wrong_options_are_said_at_once()
    {
        static void Wrong(Action<DynamoSinkOptions> configure, string option) =>
            Assert.Contains(option, Assert.Throws<BillingConfigurationException>(() => new ServiceCollection().AddBilling(billing => billing.AddDynamoSink(configure))).Message, StringComparison.Ordinal);
        Wrong(options => options.TableName = "a b", "TableName");
        Wrong(options => options.LedgerTableName = "x", "LedgerTableName");
        Wrong(options => options.RecordsPerTransaction = 101, "RecordsPerTransaction");
        Wrong(options => options.Concurrency = 0, "Concurrency");
        Wrong(options => options.MaxAttempts = 0, "MaxAttempts");
        Wrong(options => options.MaxRetryDelay = TimeSpan.Zero, "MaxRetryDelay");
        Wrong(options => options.Layout = new DynamoItemLayout { HashKey = DynamoField.Text("billing", _ => "") }, "'billing' twice");
        Wrong(options => (options.Layout, options.LedgerTableName) = (new DynamoItemLayout { HashKey = DynamoField.Text("id", _ => "") }, "billing"), "LedgerTableName");
    }

    [Fact]
    public async Task A_pipeline_takes_the_client_that_is_registered_and_says_when_there_is_none()
    {
        await using ServiceProvider services = new ServiceCollection()
            .AddSingleton<IAmazonDynamoDB>(_client)
            .AddBilling(billing => billing.AddDynamoSink(options => (options.TableName, options.CreateTables) = (_table, true)))
            .BuildServiceProvider();
        byte[] csv = "date,company,amount,currency\n2025-06-01,Acme,10.00,USD\n2025-06-02,Acme,20.50,USD\n2025-06-03,Nadie,1,ABC\n"u8.ToArray();
        IngestReport report = await services.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.Stream("june.csv", new MemoryStream(csv)), Cancellation);
        Assert.True(report.IsBalanced);
        Assert.Equal((2, 1), (report.Stored.Rows, report.Quarantined.Rows));
        DynamoSink store = new(_client, new DynamoSinkOptions { TableName = _table });
        Assert.Equal("30.5", Assert.Single(await store.SummarizeAsync(SummaryBy.Party, new RecordQuery(), Cancellation)).Billed["USD"].ToString());
        Assert.Equal(report.RunId, Assert.Single((await store.GetRunsAsync(new PageRequest(), Cancellation)).Items).RunId);

        await using ServiceProvider none = new ServiceCollection().AddBilling(billing => billing.AddDynamoSink()).BuildServiceProvider();
        Assert.Contains("IAmazonDynamoDB", Assert.Throws<BillingConfigurationException>(none.GetRequiredService<BillingPipeline>).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_of_access_name_the_remedy()
    {
        AmazonDynamoDBException denied = new("User is not authorized", Amazon.Runtime.ErrorType.Sender, "AccessDeniedException", "request", HttpStatusCode.BadRequest);
        Assert.False(DynamoErrors.IsPassing(denied, Cancellation));
        Assert.Contains("Check the credentials", DynamoErrors.Of(denied, _table).Message, StringComparison.Ordinal);
    }
}
