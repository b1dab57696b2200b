using System.Diagnostics;
using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Billing.Sinks.Dynamo;
using CsvHelper;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Benchmarks;

/// <summary>
/// Whole ingestions of one file into DynamoDB at one address: the pipeline, by transactions and by single puts, each twice,
/// beside a plain loop that parses each row and puts it, one after the other, into a table of the same keys and indexes, with no check at all.
/// </summary>
internal static class DynamoComparison
{
    public static async Task RunAsync(string endpoint, int rows)
    {
        using AmazonDynamoDBClient client = new(
            new BasicAWSCredentials("local", "local"), new AmazonDynamoDBConfig { ServiceURL = endpoint, AuthenticationRegion = "us-east-1" });
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, Invoices.Csv(rows));
            Console.WriteLine($"{rows} rows, {Environment.ProcessorCount} cores, .NET {Environment.Version}, {endpoint}");

            // What is compiled and opened first costs no one anything.
            await PipelineAsync(client, NewTable(), file, 10);
            TimeSpan loop = await PlainLoopAsync(client, NewTable(), file);
            foreach (int recordsPerTransaction in (int[])[10, 1])
            {
                string table = NewTable();
                string name = recordsPerTransaction == 1 ? "single conditional puts" : $"transactions of {recordsPerTransaction}";
                Print($"pipeline, {name}, first", rows, await PipelineAsync(client, table, file, recordsPerTransaction), loop);
                Print($"pipeline, {name}, second", rows, await PipelineAsync(client, table, file, recordsPerTransaction), loop);
            }

            Print("plain sequential PutItem loop", rows, loop, loop);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string NewTable() => $"benchmark-{Guid.NewGuid():N}";

    private static async Task<TimeSpan> PipelineAsync(AmazonDynamoDBClient client, string table, string file, int recordsPerTransaction)
    {
        long start = Stopwatch.GetTimestamp();
        await using ServiceProvider provider = new ServiceCollection()
            .AddBilling(billing => billing.UseExchangeRates(FixedRates.Parse("CAD=0.75, MXN=0.059")).AddDynamoSink(client, options =>
            {
                options.TableName = table;
                options.CreateTables = true;
                options.RecordsPerTransaction = recordsPerTransaction;
            }))
            .BuildServiceProvider();
        IngestReport report = await provider.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.File(file));
        return report.IsBalanced ? Stopwatch.GetElapsedTime(start) : throw new InvalidOperationException($"Unexpected outcome:\n{report}");
    }

    private static async Task<TimeSpan> PlainLoopAsync(AmazonDynamoDBClient client, string table, string file)
    {
        using (DynamoSink tables = new(client, new DynamoSinkOptions { TableName = table, CreateTables = true }))
        {
            await tables.WriteAsync([], CancellationToken.None);
        }

        long start = Stopwatch.GetTimestamp();
        string[] names = ["id", "party", "country", "city", "product_line", "item", "date", "currency", "amount"];
        using CsvReader reader = CsvReader.FromFile(file);
        while (reader.Read())
        {
            Dictionary<string, AttributeValue> item = [];
            for (int i = 0; i < names.Length; i++)
            {
                item.Add(names[i], i is 0 or 8 ? new AttributeValue { N = reader.GetString(i) } : new AttributeValue { S = reader.GetString(i) });
            }

            decimal rate = reader.GetString(7) switch { "CAD" => 0.75m, "MXN" => 0.059m, _ => 1m };
            item.Add("usd_amount", new AttributeValue { N = Math.Round(reader.Parse<decimal>(8) * rate, 2).ToString(CultureInfo.InvariantCulture) });
            item.Add("key", new AttributeValue { S = reader.GetString(0) });
            item.Add("month", new AttributeValue { S = reader.GetString(6)[..7] });
            item.Add("position", new AttributeValue { S = $"{reader.GetString(6)}#{reader.GetString(0)}" });
            await client.PutItemAsync(table, item);
        }

        return Stopwatch.GetElapsedTime(start);
    }

    private static void Print(string name, int rows, TimeSpan elapsed, TimeSpan baseline) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-50} {elapsed.TotalSeconds,8:0.00} s {rows / elapsed.TotalSeconds,12:N0} rows/s   {baseline / elapsed,5:0.00} x the loop's speed"));
}
