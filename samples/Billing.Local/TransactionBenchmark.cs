using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Billing.Aws;
using Billing.Generators;

namespace Billing.Local;

/// <summary>Measures system 3 on the emulators: transactions from the producer through queue, function and pipeline into the table.</summary>
public static class TransactionBenchmark
{
    private const string Queue = "FinancialTransactionQueue";
    private const string Table = "RealTimeTransactions";
    // Enough for the virtual machines of emulators and functions to compile their hot paths.
    private const int WarmUp = 5_000;
    private const int PacedPerSecond = 50;
    private const int PacedCount = 500;

    /// <summary>Measures in its own environment, which is deleted afterwards.</summary>
    /// <param name="count">The number of transactions.</param>
    /// <param name="functionsFolder">The folder of the functions, or null: see <see cref="LocalOptions.FunctionsFolder"/>.</param>
    /// <param name="functionCommand">The command that runs a function if there is no folder.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="LocalException">A part is missing, or a transaction was lost.</exception>
    public static async Task<TransactionBenchmarkReport> RunAsync(int count, string? functionsFolder, IReadOnlyList<string> functionCommand, CancellationToken cancellationToken = default)
    {
        // A transaction that is reported as done is in the table.
        ConcurrentQueue<(SqsMessage Message, DateTimeOffset At)> done = new();
        LocalOptions options = new() { FunctionsFolder = functionsFolder, FunctionCommand = functionCommand, UsesDatabase = false, BatchWindow = TimeSpan.Zero, OnDone = message => done.Enqueue((message, DateTimeOffset.UtcNow)) };
        await using LocalEnvironment environment = await LocalEnvironment.StartAsync(options, cancellationToken);
        LocalClient client = environment.Client;
        SqsQueue queue = client.Queue(Queue);
        await SendAsync(queue, new TransactionGenerator(1, DateTimeOffset.UnixEpoch, new TransactionMix()).Generate(WarmUp), cancellationToken);
        await DrainAsync(queue, cancellationToken);

        string[] messages = [.. new TransactionGenerator(2, DateTimeOffset.UnixEpoch, new TransactionMix()).Generate(count)];
        Stopwatch watch = Stopwatch.StartNew();
        await SendAsync(queue, messages, cancellationToken);
        await DrainAsync(queue, cancellationToken);
        TimeSpan total = watch.Elapsed;

        done.Clear();
        await SendPacedAsync(queue, cancellationToken);
        await DrainAsync(queue, cancellationToken);
        await RequireStoredAsync(client, WarmUp + count + PacedCount, cancellationToken);
        List<TimeSpan> latencies = [.. done.Select(item => item.At - Sent(item.Message)).Order()];
        return new TransactionBenchmarkReport(count, total, latencies.Count, PacedPerSecond, At(latencies, 50), At(latencies, 95), At(latencies, 99), latencies[^1]);
    }

    private static TimeSpan At(List<TimeSpan> sorted, int percent) => sorted[Math.Min(sorted.Count - 1, sorted.Count * percent / 100)];

    private static Task SendAsync(SqsQueue queue, IEnumerable<string> messages, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(messages.Chunk(10), new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken }, async (chunk, token) => await RequireAsync(queue, chunk, token));

    // Each carries the time at which it is sent.
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
            throw new LocalException($"The queue rejected a transaction: {failed.Error}");
        }
    }

    private static async Task DrainAsync(SqsQueue queue, CancellationToken cancellationToken)
    {
        while (await queue.GetCountsAsync(cancellationToken) is not { Waiting: 0, InFlight: 0, Delayed: 0 })
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }
    }

    private static async Task RequireStoredAsync(LocalClient client, int expected, CancellationToken cancellationToken)
    {
        using AmazonDynamoDBClient tables = client.NewDynamoDb();
        int stored = 0;
        Dictionary<string, AttributeValue>? next = null;
        do
        {
            ScanResponse page = await tables.ScanAsync(new ScanRequest { TableName = Table, ExclusiveStartKey = next, ConsistentRead = true, Select = Select.COUNT }, cancellationToken);
            stored += page.Count ?? 0;
            next = page.LastEvaluatedKey is { Count: > 0 } key ? key : null;
        }
        while (next is not null);

        if (stored != expected)
        {
            throw new LocalException(string.Create(CultureInfo.InvariantCulture, $"{expected} transactions were sent, but {stored} are in the table."));
        }
    }

    private static DateTimeOffset Sent(SqsMessage message)
    {
        using JsonDocument body = JsonDocument.Parse(message.Body);
        return body.RootElement.GetProperty("timestamp").GetDateTimeOffset();
    }
}
