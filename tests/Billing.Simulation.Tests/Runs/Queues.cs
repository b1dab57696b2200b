using System.Globalization;
using Billing.Aws;
using Billing.Simulation.Tests.Ledgers;
using Billing.Simulation.Tests.Schedules;

namespace Billing.Simulation.Tests.Runs;

/// <summary>A queue that delivers at least once and in any order, and the handlers of its messages.</summary>
internal sealed class Queues(World world)
{
    private const int MostInBatch = 10;
    private static readonly TimeSpan s_time = TimeSpan.FromDays(10);

    public async Task RunAsync(QueueStep step)
    {
        Random random = new(step.Seed);
        List<int> waiting = [.. Enumerable.Range(0, step.Messages.Count)];
        for (int round = 0; waiting.Count > 0; round++)
        {
            ViolationException.ThrowUnless(round < 100, $"{waiting.Count} messages were never acknowledged.");
            int[] batch = [.. waiting.OrderBy(_ => random.Next()).Take(random.Next(1, MostInBatch + 1))];
            HashSet<int> returned = await DeliverAsync(step, batch, round < step.Faults.Count ? step.Faults[round] : null);
            waiting.RemoveAll(message => batch.Contains(message) && !returned.Contains(message) && random.Next(6) > 0);
            world.Trace.Add($"round {round + 1}: {batch.Length} messages, {returned.Count} returned");
        }

        world.Messages.AddRange(step.Messages);
        await CheckAsync(step.Messages);
    }

    /// <summary>Delivers messages once more, in order and without faults.</summary>
    public async Task AgainAsync(IReadOnlyList<SourceRow> messages)
    {
        QueueStep step = new(messages, 0, []);
        foreach (int[] batch in Enumerable.Range(0, messages.Count).Chunk(MostInBatch))
        {
            ViolationException.ThrowUnless((await DeliverAsync(step, batch, null)).Count == 0, "Messages were returned without a fault.");
        }
    }

    private async Task<HashSet<int>> DeliverAsync(QueueStep step, int[] batch, Fault? fault)
    {
        using Process process = new();
        IReadOnlyList<IBillingSink> stores = world.Stores(process, fault);
        SqsEvent messages = new()
        {
            Messages = [.. batch.Select(message => new SqsMessage { MessageId = string.Create(CultureInfo.InvariantCulture, $"m{message}"), Body = step.Messages[message].Text })],
        };
        HashSet<int> returned = [.. batch];
        try
        {
            using BillingPipeline pipeline = world.Pipelines.Build(stores, world.Rates(), batchSize: 10);
            SqsRecordIngester ingester = new(pipeline, new SqsRecordOptions { Identity = RecordIdentity.Columns("id"), Layout = Pipelines.Layout, Scope = QueueStep.Scope });
            SqsBatchHandler handler = new(stores[0], new SqsBatchOptions { Scope = QueueStep.Scope }, world.Time);
            SqsBatchResponse answer = await handler.HandleAllAsync(messages, ingester.IngestAsync, world.Time.GetUtcNow() + s_time, process.Token);
            bool isDead = process.HasFailed && fault!.IsDeath;
            returned = isDead ? returned : [.. answer.Failures.Select(failure => int.Parse(failure.MessageId.AsSpan(1), CultureInfo.InvariantCulture))];
        }
        catch (OperationCanceledException) when (process.Token.IsCancellationRequested)
        {
            // No answer: the queue delivers all of them again.
        }

        if (process.HasFailed && fault!.IsDeath)
        {
            await world.Ledger.RestartAsync();
        }

        ViolationException.ThrowUnless(process.HasFailed || returned.Count == 0, $"{returned.Count} messages were returned, and no fault explains it.");
        return returned;
    }

    private async Task CheckAsync(IReadOnlyList<SourceRow> messages)
    {
        BillingRecord[] records = await world.Store.QueryAllAsync(new RecordQuery { Scope = QueueStep.Scope }).ToArrayAsync();
        QuarantinedRecord[] rows = await world.Store.GetAllQuarantineAsync(new QuarantineQuery { IncludeResolved = true }).ToArrayAsync();
        foreach (SourceRow message in messages)
        {
            bool isKept = rows.Any(row => row.Scope == QueueStep.Scope && row.RawText == message.Text)
                || (message.Entry is { } entry && records.Any(record => Contents.Of(record) == Contents.Of(QueueStep.Scope, entry)));
            ViolationException.ThrowUnless(isKept, $"The message {message.Text} was acknowledged, but it is neither a record nor in quarantine.");
        }
    }
}
