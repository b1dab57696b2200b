using Billing.Aws;
using Billing.Lambda.Runtime;
using Microsoft.Extensions.Logging;

namespace Billing.Lambda.Functions;

/// <summary>System 1: CSV files of a bucket into Aurora, every amount in one currency. Takes the bucket's event as it is, from EventBridge, or in messages of a queue.</summary>
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
        FixedRates rates = services.Settings.Parsed("BILLING_RATES", "CAD=0.75,MXN=0.059", text => FixedRates.Parse(text));
        CategoryRules rules = services.Settings.File("BILLING_RULES", Path.Combine("defaults", "rules.invoices.json"), CategoryRules.Load);
        CsvLayout layout = services.Settings.File("BILLING_LAYOUT", Path.Combine("defaults", "layout.invoices.json"), CsvLayout.Load);
        string? scope = services.Settings.Optional("BILLING_SCOPE");
        bool createsSchema = services.Settings.Flag("BILLING_CREATE_SCHEMA");
        Func<CancellationToken, ValueTask<System.Data.Common.DbDataSource>> database = services.Database();
        BillingPipeline pipeline = services.Pipeline(billing =>
        {
            services.Settings.Parsed("BILLING_REPORTING_CURRENCY", "USD", billing.UseReportingCurrency);
            billing.UseExchangeRates(rates).AddCategoryRules(rules).UseLayout(layout).AddAuroraSink((_, token) => database(token), options => options.CreateSchema = createsSchema);
            if (scope is not null)
            {
                billing.UseScope(scope);
            }
        });
        await ((IBillingStore)pipeline.Ledger).GetRunsAsync(new PageRequest { PageSize = 1 }, cancellationToken);
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
                json.WriteStartObject();
                json.WriteString("source", report.Source);
                json.WriteString("run_id", report.RunId);
                json.WriteNumber("read", report.Read.Rows);
                json.WriteNumber("stored", report.Stored.Rows);
                json.WriteNumber("duplicate", report.Duplicate.Rows);
                json.WriteNumber("conflict", report.Conflict.Rows);
                json.WriteNumber("quarantined", report.Quarantined.Rows);
                json.WriteEndObject();
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

    // One file that fails does not keep the others out; then the event fails, and comes again: what is stored is recognised.
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
