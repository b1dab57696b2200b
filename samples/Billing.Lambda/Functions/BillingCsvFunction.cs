using Billing.HttpApi;
using Billing.Aws;
using Billing.Lambda.Runtime;
using Microsoft.Extensions.Logging;

namespace Billing.Lambda.Functions;

/// <summary>System 1: loads CSV files of a bucket into Aurora, with every amount in one currency. Accepts the event of the bucket directly, from EventBridge, or in messages of a queue.</summary>
internal sealed class BillingCsvFunction : IFunction
{
    private readonly BillingPipeline _pipeline;
    private readonly SqsBatchHandler _batches;
    private readonly AwsConnection _aws;
    private readonly ILogger _logger;

    private BillingCsvFunction(BillingPipeline pipeline, FunctionServices services)
    {
        _pipeline = pipeline;
        _aws = services.Aws;
        _logger = services.Logger<BillingCsvFunction>();
        _batches = new SqsBatchHandler(pipeline.Ledger, new SqsBatchOptions { Concurrency = 2 }, services.Time, services.Logger<SqsBatchHandler>());
    }

    public static async Task<IFunction> StartAsync(FunctionServices services, CancellationToken cancellationToken)
    {
        BillingPipeline pipeline = await InvoicePipeline.StartAsync(services, InvoicePipeline.Layout(services), cancellationToken);
        _ = services.Aws.S3;
        return new BillingCsvFunction(pipeline, services);
    }

    public async Task<ReadOnlyMemory<byte>> InvokeAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        if (EventKind.IsSqs(invocation.Event.Span))
        {
            SqsEvent batch = SqsEvent.Parse(invocation.Event.Span);
            return (await _batches.HandleAsync(batch, HandleAsync, invocation.Deadline, cancellationToken)).ToUtf8Bytes();
        }

        List<IngestReport> reports = await IngestAsync(S3Event.Parse(invocation.Event.Span), cancellationToken);
        return JsonBytes.Of(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("files");
            foreach (IngestReport report in reports)
            {
                FileReply.Write(json, report);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private async ValueTask<SqsMessageOutcome> HandleAsync(SqsMessage message, CancellationToken cancellationToken)
    {
        await IngestAsync(S3Event.Parse(message.Body), cancellationToken);
        return SqsMessageOutcome.Done;
    }

    // One file that fails does not stop the others. The event then fails and is delivered again; what is stored is recognised.
    private async Task<List<IngestReport>> IngestAsync(S3Event notification, CancellationToken cancellationToken)
    {
        List<IngestReport> reports = [];
        List<Exception> failures = [];
        foreach (S3EventRecord record in notification.Records)
        {
            if (!record.IsCreated)
            {
                Log.NotCreated(_logger, record.EventName);
                continue;
            }

            try
            {
                reports.Add(await IngestAsync(record, cancellationToken));
            }
            catch (BillingException exception)
            {
                Log.ObjectFailed(_logger, exception, record.Address);
                failures.Add(exception);
            }
        }

        return failures.Count switch
        {
            0 => reports,
            1 => throw failures[0],
            _ when failures.Find(failure => failure is not SourceFormatException) is { } passing => throw passing,
            _ => throw failures[0],
        };
    }

    private async Task<IngestReport> IngestAsync(S3EventRecord record, CancellationToken cancellationToken)
    {
        IngestReport report = await _pipeline.IngestAsync(S3Source.Of(record, _aws.S3), cancellationToken);
        Log.Ingested(_logger, report.Source, report.Read.Rows, report.Stored.Rows, report.Duplicate.Rows, report.Conflict.Rows, report.Quarantined.Rows, report.RunId);
        foreach (string warning in report.Warnings)
        {
            Log.SourceWarning(_logger, report.Source, warning);
        }

        return report;
    }
}
