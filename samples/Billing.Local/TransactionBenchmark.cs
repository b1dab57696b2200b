using System.Diagnostics;
using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Billing.Aws;
using Billing.Generators;

namespace Billing.Local;

/// <summary>System 3 through the emulators: transactions from the producer through queue, function and pipeline into the table.</summary>
public static class TransactionBenchmark
{
    private const string Queue = "FinancialTransactionQueue";
    private const string Table = "RealTimeTransactions";
    private const int WarmUp = 500;
    private const int PacedPerSecond = 50;
    private const int PacedCount = 500;

    /// <summary>Measures, in an environment of its own that is gone afterwards.</summary>
    /// <param name="count">How many transactions.</param>
    /// <param name="functionsFolder">The folder of the functions; null to look for it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="LocalException">Something is missing, or a transaction was lost.</exception>
    public static async Task<TransactionBenchmarkReport> RunAsync(int count, string? functionsFolder, CancellationToken cancellationToken = default)
    {
        await using LocalEnvironment environment = await LocalEnvironment.StartAsync(new LocalOptions { FunctionsFolder = functionsFolder, UsesDatabase = false, BatchWindow = TimeSpan.Zero }, cancellationToken);
        LocalClient client = environment.Client;
        SqsQueue queue = client.Queue(Queue);
        await SendAsync(queue, new TransactionGenerator(1, DateTimeOffset.UnixEpoch, new TransactionMix()).Generate(WarmUp), cancellationToken);
        await DrainAsync(queue, cancellationToken);

        string[] messages = [.. new TransactionGenerator(2, DateTimeOffset.UnixEpoch, new TransactionMix()).Generate(count)];
        Stopwatch watch = Stopwatch.StartNew();
        await SendAsync(queue, messages, cancellationToken);
        await DrainAsync(queue, cancellationToken);
        TimeSpan total = watch.Elapsed;

        DateTimeOffset start = DateTimeOffset.UtcNow;
        await SendPacedAsync(queue, cancellationToken);
        await DrainAsync(queue, cancellationToken);
        List<TimeSpan> latencies = await LatenciesAsync(client, start, WarmUp + count + PacedCount, cancellationToken);
        return new TransactionBenchmarkReport(count, total, latencies.Count, PacedPerSecond, At(latencies, 50), At(latencies, 95), At(latencies, 99), latencies[^1]);
    }

    private static TimeSpan At(List<TimeSpan> sorted, int percent) => sorted[Math.Min(sorted.Count - 1, sorted.Count * percent / 100)];

    private static Task SendAsync(SqsQueue queue, IEnumerable<string> messages, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(messages.Chunk(10), new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken }, async (chunk, token) => await RequireAsync(queue, chunk, token));

    // Each carries the moment it is sent at.
    private static async Task SendPacedAsync(SqsQueue queue, CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(1000 / PacedPerSecond));
        List<Task> sending = [];
        for (int i = 0; i < PacedCount; i++)
        {
            _ = await timer.WaitForNextTickAsync(cancellationToken);
            string[] message = [.. new TransactionGenerator((ulong)(1_000_000 + i), DateTimeOffset.UtcNow, new TransactionMix()).Generate(1)];
            sending.Add(RequireAsync(queue, message, cancellationToken));
        }

        await Task.WhenAll(sending);
    }

    private static async Task RequireAsync(SqsQueue queue, IReadOnlyList<string> messages, CancellationToken cancellationToken)
    {
        IReadOnlyList<SqsEntryOutcome> outcomes = await queue.SendAsync([.. messages.Select(message => new SqsOutgoingMessage(message))], cancellationToken);
        if (outcomes.FirstOrDefault(outcome => !outcome.Succeeded) is { } failed)
        {
            throw new LocalException($"The queue did not take a transaction: {failed.Error}");
        }
    }

    private static async Task DrainAsync(SqsQueue queue, CancellationToken cancellationToken)
    {
        while (await queue.GetCountsAsync(cancellationToken) is not { Waiting: 0, InFlight: 0, Delayed: 0 })
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }
    }

    private static async Task<List<TimeSpan>> LatenciesAsync(LocalClient client, DateTimeOffset start, int expected, CancellationToken cancellationToken)
    {
        using AmazonDynamoDBClient tables = client.NewDynamoDb();
        List<TimeSpan> latencies = [];
        int stored = 0;
        Dictionary<string, AttributeValue>? next = null;
        do
        {
            ScanResponse page = await tables.ScanAsync(new ScanRequest { TableName = Table, ExclusiveStartKey = next, ConsistentRead = true }, cancellationToken);
            foreach (Dictionary<string, AttributeValue> item in page.Items)
            {
                stored++;
                DateTimeOffset sent = Instant(item["timestamp"]);
                if (sent >= start)
                {
                    latencies.Add(Instant(item["processed_at_utc"]) - sent);
                }
            }

            next = page.LastEvaluatedKey is { Count: > 0 } key ? key : null;
        }
        while (next is not null);

        if (stored != expected)
        {
            throw new LocalException(string.Create(CultureInfo.InvariantCulture, $"{expected} transactions were sent and {stored} are in the table."));
        }

        latencies.Sort();
        return latencies;
    }

    private static DateTimeOffset Instant(AttributeValue value) => DateTimeOffset.Parse(value.S, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
