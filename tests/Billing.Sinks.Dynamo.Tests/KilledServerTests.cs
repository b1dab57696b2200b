using System.Globalization;
using System.Text;
using Amazon.DynamoDBv2;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Sinks.Dynamo.Tests;

/// <summary>A server that is killed while a file is read.</summary>
public sealed class KilledServerTests
{
    private const int Rows = 1_800;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_while_a_file_is_read_the_run_fails_clearly_and_running_again_completes_it()
    {
        string folder = Some.Folder();
        try
        {
            using DynamoDbServer server = new(folder);
            using AmazonDynamoDBClient client = server.NewClient();
            string table = $"billing-{Guid.NewGuid():N}";
            byte[] csv = Invoices();
            TaskCompletionSource begun = new();
            await using ServiceProvider services = Services(client, table, new TellingSink(begun));
            Task<IngestReport> ingesting = services.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.Stream("june.csv", new MemoryStream(csv)), Cancellation);
            await begun.Task.WaitAsync(TimeSpan.FromMinutes(1), Cancellation);
            server.Kill();
            Exception thrown = await Assert.ThrowsAnyAsync<BillingException>(() => ingesting);
            Assert.Contains("running again is safe", thrown.ToString(), StringComparison.OrdinalIgnoreCase);

            server.Restart();
            DynamoSink store = new(client, new DynamoSinkOptions { TableName = table });
            long before = (await store.SummarizeAsync(SummaryBy.Month, new RecordQuery(), Cancellation)).Sum(row => row.Billed.Rows);
            await using ServiceProvider again = Services(client, table, null);
            IngestReport report = await again.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.Stream("june.csv", new MemoryStream(csv)), Cancellation);

            Assert.InRange(before, 1, Rows - 1);
            Assert.True(report.IsBalanced);
            Assert.Equal((Rows - before, before, 0L), (report.Stored.Rows, report.Duplicate.Rows, report.Conflict.Rows));
            SummaryRow total = Assert.Single(await store.SummarizeAsync(SummaryBy.Currency, new RecordQuery(), Cancellation));
            Assert.Equal(Rows, total.Billed.Rows);
            Assert.Equal(ExactSum.From(Enumerable.Range(0, Rows).Sum(AmountOf)), total.Billed["USD"]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ServiceProvider Services(IAmazonDynamoDB client, string table, IBillingSink? follower) => new ServiceCollection()
        .AddBilling(billing =>
        {
            billing.UseBatchSize(300).AddDynamoSink(client, options =>
            {
                options.TableName = table;
                options.CreateTables = true;
                options.MaxAttempts = 3;
            });
            if (follower is not null)
            {
                billing.AddSink(follower);
            }
        })
        .BuildServiceProvider();

    private static byte[] Invoices()
    {
        StringBuilder text = new("id,date,company,amount,currency\n");
        for (int i = 0; i < Rows; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i},2025-06-{1 + (i % 30):D2},Company {i % 20},{AmountOf(i)},USD\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static decimal AmountOf(int row) => row / 4m;
}
