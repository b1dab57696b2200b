using Billing.Aws.Queues;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Billing.Aws;

/// <summary>Ingests messages whose body is one record in JSON: all messages of a batch in one run, with an outcome for each. Safe for concurrent use.</summary>
public sealed class SqsRecordIngester
{
    private readonly BillingPipeline _pipeline;
    private readonly SqsRecordOptions _options;
    private readonly ILogger _logger;

    /// <summary>Creates an ingester.</summary>
    /// <param name="pipeline">The pipeline that ingests the records.</param>
    /// <param name="options">How the records are read.</param>
    /// <param name="logger">The logger for failures.</param>
    /// <exception cref="BillingConfigurationException">The identity is not by columns.</exception>
    public SqsRecordIngester(BillingPipeline pipeline, SqsRecordOptions options, ILogger<SqsRecordIngester>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(options);
        _pipeline = pipeline;
        _options = options.Checked();
        _logger = logger ?? NullLogger<SqsRecordIngester>.Instance;
    }

    /// <summary>
    /// Ingests messages; for <see cref="SqsBatchHandler.HandleAllAsync"/>. A message counts as done if its record is stored, a duplicate, in conflict or quarantined by the pipeline: each is durable.
    /// A body that is not one JSON object is poison. A message that the run did not reach must be delivered again.
    /// </summary>
    /// <returns>One outcome per message, in the same order; also after cancellation or a failure of the ledger.</returns>
    public async ValueTask<IReadOnlyList<SqsMessageOutcome>> IngestAsync(IReadOnlyList<SqsMessage> messages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        SqsMessageOutcome[] outcomes = new SqsMessageOutcome[messages.Count];
        List<int> records = [];
        for (int i = 0; i < messages.Count; i++)
        {
            if (MessageBodies.WhyNoRecord(messages[i].Body) is { } why)
            {
                outcomes[i] = SqsMessageOutcome.Poison(QuarantineReason.BadJson, $"The message cannot be read as one JSON object: {why} Correct the program that sends it.");
            }
            else
            {
                records.Add(i);
            }
        }

        if (records.Count > 0)
        {
            await RunAsync(messages, records, outcomes, cancellationToken).ConfigureAwait(false);
        }

        return outcomes;
    }

    private async ValueTask RunAsync(IReadOnlyList<SqsMessage> messages, List<int> records, SqsMessageOutcome[] outcomes, CancellationToken cancellationToken)
    {
        MessageBodies bodies = new(messages, records);
        try
        {
            await _pipeline.IngestAsync(BillingSource.Bytes(NameOf(messages[records[0]]), bodies.Bytes), Options(bodies), cancellationToken).ConfigureAwait(false);
        }
        catch (SourceFormatException e) when (records.Count > 1)
        {
            // The members of the first message apply to all, so the faulty message cannot be told from the others. Each one is tried alone.
            Log.IngestedOneByOne(_logger, records.Count, e.Message);
            foreach (int record in records)
            {
                await RunAsync(messages, [record], outcomes, cancellationToken).ConfigureAwait(false);
            }

            return;
        }
        catch (SourceFormatException e)
        {
            outcomes[records[0]] = SqsMessageOutcome.Poison(QuarantineReason.UnreadableSource, e.Message);
            return;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            bodies.Settle(outcomes, "The time ran out.");
            return;
        }
#pragma warning disable CA1031 // Whatever failed, the queue delivers again what is not durable; the failure is logged, and the queue counts the deliveries.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.IngestFailed(_logger, e, bodies.Open);
            if (e is IngestFailedException { Report: { IsBalanced: false } or { EndedEarly: false } })
            {
                bodies.Forget();
            }

            bodies.Settle(outcomes, "Its run ended early.");
            return;
        }

        bodies.Settle(outcomes, "Its run did not report an outcome for it.");
    }

    private string NameOf(SqsMessage message) => _options.SourceName ?? $"sqs:{message.QueueName ?? "queue"}";

    private IngestOptions Options(MessageBodies bodies) => new()
    {
        Identity = _options.Identity,
        Layout = _options.Layout,
        Scope = _options.Scope,
        RowDone = bodies.RowDone,
    };
}
